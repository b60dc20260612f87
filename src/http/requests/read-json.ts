import type { Failure } from "../../contract/failure.ts";
import type { RouteBody } from "../../contract/http/route.ts";
import { type BadJson, findBadJson } from "../../domain/document/find-bad-json.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import { parsePart } from "./parse-parts.ts";
import { decodeText, readBody } from "./read-body.ts";

/** A JSON body, parsed by its route's schema. An optional one that is missing reads as `{}`. */
export async function readJson(
  request: Request,
  body: Extract<RouteBody, { as: "json" }>,
): Promise<Result<unknown, Failure>> {
  const bytes = await readBody(request, body.limitBytes);
  if (!bytes.ok) return bytes;
  if (bytes.value.byteLength === 0) {
    if (body.isOptional) return parsePart(body.schema, "body", {});
    return refusal({ code: "INVALID_REQUEST", message: "the body is empty; this route reads JSON" });
  }
  const mediaType = mediaTypeOf(request);
  if (mediaType !== null && mediaType !== "application/json" && !mediaType.endsWith("+json")) {
    return refusal({
      code: "UNSUPPORTED_MEDIA_TYPE",
      message: `the body is ${mediaType}; this route reads application/json`,
    });
  }
  const text = decodeText(bytes.value);
  if (!text.ok) return text;
  const value = parseJson(text.value);
  if (!value.ok) return value;
  const bad = findBadJson(value.value);
  return bad === null ? parsePart(body.schema, "body", value.value) : refuseBad(bad);
}

function refuseBad({ path, why }: BadJson): Result<never, Failure> {
  const place = `/body${path}`;
  const message = `the body cannot be taken at ${place.slice(0, 200)}: ${why}`;
  const found = { severity: "error" as const, line: null, column: null, code: "bad_json", suggestion: null };
  return refusal({ code: "INVALID_REQUEST", message, issues: [{ ...found, path: place, message }] });
}

/** The media type without its parameters, in lower case; null when none is given. */
export function mediaTypeOf(request: Request): string | null {
  const given = request.headers.get("content-type");
  return given === null ? null : (given.split(";")[0]?.trim().toLowerCase() ?? null);
}

export function parseJson(text: string): Result<unknown, Failure> {
  try {
    return success(JSON.parse(text));
  } catch (error) {
    const why = error instanceof Error ? error.message : "it cannot be parsed";
    return refusal({ code: "INVALID_REQUEST", message: `the body is not valid JSON: ${why}` });
  }
}
