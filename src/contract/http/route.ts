import { z } from "zod";
import type { AccessScope } from "../access/scope.ts";
import type { FailureCode } from "../failure.ts";
import type { Audited } from "./audited.ts";

/** The scope that a caller must have; `open`: none, because the route is for everyone or checks a signature of its own. */
export type Access = AccessScope | "open";

/** What a signed address of ours gives a right to, instead of a token (docs/decisions/0009-signed-addresses.md). */
export type SignedFor = "file" | "run_files" | "upload";

/** The query parameters of a signed address. */
export const signature = {
  /** Seconds since 1970. */
  expires: z
    .string()
    .regex(/^\d{1,12}$/)
    .optional(),
  signature: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
};

/** A request body: JSON of a schema that is parsed for the operation, or something that the operation reads itself. */
export type RouteBody =
  | { as: "json"; schema: z.ZodType; limitBytes: number; isOptional?: boolean }
  | { as: "document"; mediaTypes: readonly string[]; limitBytes: number; schema: z.ZodType }
  /** JSON of a schema, or `multipart/form-data` with that JSON as the part `request`, and files. */
  | { as: "run"; schema: z.ZodType; limitBytes: number }
  /** Bytes of any media type, streamed. */
  | { as: "bytes"; limitBytes: number };

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
  /** Open to everyone, but not to who sends a token that is not good: elsewhere what is open looks at none. */
  refusesWrongTokens?: true;
  signedFor?: SignedFor;
  /** What the audit log has of it, where its access does not tell that (audited.ts). */
  audited?: Audited;
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: RouteBody;
  /** How long it may take until its answer begins, where not as all do; routes that stream their body in are endless anyway. */
  time?: "long" | "endless";
  answers: Partial<Record<101 | 200 | 201 | 202 | 204 | 206 | 304, RouteAnswer>>;
  failures: readonly FailureCode[];
}

/** Declares a route, keeping its exact types. */
export function route<const R extends Route>(declared: R): R {
  return declared;
}
