import type { z } from "zod";
import type { FailureCode } from "../failure.ts";

/** What a caller must be allowed to do. */
export type Access = "read" | "publish" | "admin";

/** A request body: either JSON of a schema, or bytes of one of the media types that the operation reads itself. */
export type RouteBody =
  | { as: "json"; schema: z.ZodType; limitBytes: number; isOptional?: boolean }
  | { as: "document"; mediaTypes: readonly string[]; limitBytes: number; schema: z.ZodType };

/** One answer that is no failure. */
export interface RouteAnswer {
  description: string;
  schema?: z.ZodType;
  mediaType?: string;
}

/** A route, told once: the server parses by it, the client is typed by it, the OpenAPI document is made of it. */
export interface Route {
  operationId: string;
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** OpenAPI spelling: `/v1/templates/{name}/versions/{version}:yank`. */
  path: `/${string}`;
  tag: string;
  summary: string;
  description?: string;
  access: Access;
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: RouteBody;
  answers: Partial<Record<200 | 201 | 304, RouteAnswer>>;
  failures: readonly FailureCode[];
}

/** Declares a route, keeping its exact types. */
export function route<const R extends Route>(declared: R): R {
  return declared;
}
