import { limits } from "../../contract/limits.ts";
import type { OciFailure } from "../../contract/oci/failure.ts";
import { isMap, type JsonMap, type JsonValue, own } from "../document/json-value.ts";
import { type Result, refusal, success } from "../result.ts";

/**
 * The JSON of a manifest, if its schema may look at it: neither too deep nor too long, and text where millions of faults could else be,
 * each of which the schema would list.
 */
export function manifestJson(text: string): Result<JsonMap, OciFailure> {
  const parsed = parse(text);
  if (!parsed.ok) return parsed;
  const json = parsed.value;
  if (!isMap(json)) return refuse("the manifest is no JSON object");
  if (isDeeperThan(json, limits.manifestDepth)) {
    return refuse(`the manifest is nested deeper than ${limits.manifestDepth} levels`);
  }
  for (const key of ["layers", "manifests"]) {
    const listed = own(json, key);
    if (Array.isArray(listed) && listed.length > limits.manifestReferences) {
      return refuse(
        `the manifest has ${listed.length} ${key}, and ${limits.manifestReferences} are the most that can be taken; put several into one archive, or the manifests under an index of indexes`,
      );
    }
  }
  const place = oddPlace(json);
  return place === null ? success(json) : refuse(`the manifest cannot be taken: ${place} may only have text in it`);
}

function parse(text: string): Result<JsonValue, OciFailure> {
  try {
    return success(JSON.parse(text));
  } catch (error) {
    return refuse(
      `the manifest is no JSON: ${error instanceof Error ? error.message.slice(0, 200) : "it cannot be read"}`,
    );
  }
}

function isDeeperThan(value: JsonValue, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (levels === 0) return true;
  const members = Array.isArray(value) ? value : Object.values(value);
  return members.some((member) => isDeeperThan(member, levels - 1));
}

/** Where `annotations` or `urls` have something else than text in them. */
function oddPlace(json: JsonMap): string | null {
  const descriptors = ["config", "subject"].map((key) => own(json, key));
  const listed = ["layers", "manifests"]
    .map((key) => own(json, key))
    .flatMap((list) => (Array.isArray(list) ? list : []));
  for (const holder of [json, ...descriptors, ...listed]) {
    if (!isMap(holder)) continue;
    const odd = ["annotations", "urls"].find((key) => !hasOnlyText(own(holder, key)));
    if (odd !== undefined) return odd;
  }
  return null;
}

function hasOnlyText(value: JsonValue | undefined): boolean {
  if (typeof value !== "object" || value === null) return true;
  return Object.values(value).every((member) => typeof member === "string");
}

function refuse(message: string): Result<never, OciFailure> {
  return refusal({ code: "MANIFEST_INVALID", message });
}
