import type { Route } from "../contract/http/route.ts";
import { CallFailure } from "./call-failure.ts";
import { fillPath, queryText } from "./fill-path.ts";
import type { PlainRequest } from "./route-types.ts";

/** A request that fits its route. */
export interface CheckedRequest {
  /** Path and query. */
  target: string;
  body: string | Uint8Array<ArrayBuffer> | undefined;
  contentType: string | undefined;
}

/** Checks a request by the schemas of its route, so that what the registry would refuse is said without asking it. */
export function checkRequest(route: Route, request: PlainRequest): CheckedRequest {
  const params = request.params ?? {};
  const query = request.query ?? {};
  refuseUnfit(route, "params", params, route.params);
  refuseUnfit(route, "query", query, route.query);
  const path = fillPath(route.path, params);
  if (path === null) {
    const given = Object.values(params).map((value) => JSON.stringify(value));
    throw new CallFailure(
      `${route.operationId}: ${given.join(", ")} cannot stand in a path; give a name, like image_generation`,
      { kind: "malformed", where: "params", path: "" },
    );
  }
  return { target: path + queryText(query), ...readBody(route, request) };
}

function readBody(route: Route, request: PlainRequest): Pick<CheckedRequest, "body" | "contentType"> {
  if (route.body === undefined || request.body === undefined) return { body: undefined, contentType: undefined };
  if (route.body.as === "json" || route.body.as === "run") {
    refuseUnfit(route, "body", request.body, route.body.schema);
    return { body: JSON.stringify(request.body), contentType: "application/json" };
  }
  const mediaTypes = route.body.as === "document" ? route.body.mediaTypes : ["application/octet-stream"];
  const body = typeof request.body === "string" || isBytes(request.body) ? request.body : JSON.stringify(request.body);
  return { body, contentType: request.mediaType ?? mediaTypes[0] };
}

function isBytes(body: unknown): body is Uint8Array<ArrayBuffer> {
  return body instanceof Uint8Array;
}

function refuseUnfit(
  route: Route,
  where: "params" | "query" | "body",
  value: unknown,
  schema: { safeParse(value: unknown): { success: boolean; error?: { issues: Finding[] } } } | undefined,
): void {
  const finding = schema?.safeParse(value).error?.issues[0];
  if (finding === undefined) return;
  const path = finding.path.map(String).join(".");
  throw new CallFailure(
    `${route.operationId}: ${path === "" ? where : path}: ${finding.message}; found ${show(at(value, finding.path))}`,
    { kind: "malformed", where, path },
  );
}

interface Finding {
  path: PropertyKey[];
  message: string;
}

function at(value: unknown, path: PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === "object" && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  );
}

function show(value: unknown): string {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
