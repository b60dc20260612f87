import { z } from "zod";
import { issue } from "./issue.ts";

/** Every reason for which a request can be refused or fail. Stable: clients branch on these. */
export const failureCode = z.enum([
  "INVALID_REQUEST",
  "INVALID_DOCUMENT",
  "INVALID_INPUTS",
  "UNAUTHENTICATED",
  "FORBIDDEN",
  "ROUTE_NOT_FOUND",
  "METHOD_NOT_ALLOWED",
  "NAME_NOT_FOUND",
  "VERSION_NOT_FOUND",
  "VERSION_YANKED",
  "VERSION_DELETED",
  "TAG_NOT_FOUND",
  "VERSION_TAKEN",
  "INCOMPATIBLE_CHANGE",
  "STATE_CONFLICT",
  "TAG_RESERVED",
  "LIMIT_REACHED",
  "SEQ_NOT_REACHED",
  "RUN_NOT_FOUND",
  "RUN_ENDED",
  "STEP_NOT_FOUND",
  "SKILL_NOT_FOUND",
  "RUNNER_NOT_FOUND",
  "TOKEN_NOT_FOUND",
  "PUBLISHER_NOT_FOUND",
  "SOURCE_NOT_FOUND",
  "SUBSCRIPTION_NOT_FOUND",
  "DELIVERY_NOT_FOUND",
  "SIGNATURE_INVALID",
  "ENTITY_NOT_FOUND",
  "FILE_NOT_FOUND",
  "UPLOAD_NOT_FOUND",
  "DIGEST_MISMATCH",
  "IDEMPOTENCY_CONFLICT",
  "RANGE_NOT_SATISFIABLE",
  "UPGRADE_REQUIRED",
  "BODY_TOO_LARGE",
  "UNSUPPORTED_MEDIA_TYPE",
  "NOT_ACCEPTABLE",
  "RATE_LIMITED",
  "UNAVAILABLE",
  "TIMED_OUT",
  "INTERNAL",
]);
export type FailureCode = z.infer<typeof failureCode>;

/** A refusal on its way to the wire: what was asked, what was found, what to do. */
export interface Failure {
  code: FailureCode;
  message: string;
  issues?: z.infer<typeof issue>[];
  /** How many issues were found, when more than `issues` carries. */
  issueCount?: number;
  retryAfterSeconds?: number;
}

/** RFC 9457 problem details, as every route but `/v2/` answers them. */
export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string().optional(),
    code: failureCode,
    issues: z.array(issue),
    issue_count: z.int().optional(),
    request_id: z.string(),
  })
  .meta({ id: "Problem", description: "RFC 9457 problem details with a stable code and all issues found." });
export type Problem = z.infer<typeof problem>;

/** HTTP status and title of each failure. */
export const failureStatus = {
  INVALID_REQUEST: { status: 400, title: "The request is not well-formed" },
  INVALID_DOCUMENT: { status: 422, title: "The document breaks the rules of its kind" },
  INVALID_INPUTS: { status: 422, title: "The inputs do not fit the interface" },
  UNAUTHENTICATED: { status: 401, title: "A token is needed" },
  FORBIDDEN: { status: 403, title: "The token does not allow this" },
  ROUTE_NOT_FOUND: { status: 404, title: "No such route" },
  METHOD_NOT_ALLOWED: { status: 405, title: "The route does not take this method" },
  NAME_NOT_FOUND: { status: 404, title: "Nothing is published under this name" },
  VERSION_NOT_FOUND: { status: 404, title: "No version fits the selector" },
  VERSION_YANKED: { status: 404, title: "The version is yanked" },
  VERSION_DELETED: { status: 410, title: "The version is deleted" },
  TAG_NOT_FOUND: { status: 404, title: "No such tag" },
  VERSION_TAKEN: { status: 409, title: "The version is published with other content" },
  INCOMPATIBLE_CHANGE: { status: 409, title: "The version number says less than the change" },
  STATE_CONFLICT: { status: 409, title: "The version's state does not allow this" },
  TAG_RESERVED: { status: 409, title: "The registry keeps this tag itself" },
  LIMIT_REACHED: { status: 409, title: "A limit of the registry is reached" },
  SEQ_NOT_REACHED: { status: 412, title: "The registry has not reached the asked seq" },
  RUN_NOT_FOUND: { status: 404, title: "There is no such run" },
  RUN_ENDED: { status: 409, title: "The run has ended otherwise" },
  STEP_NOT_FOUND: { status: 404, title: "The run has no such step" },
  SKILL_NOT_FOUND: { status: 422, title: "Nobody answers to a skill" },
  RUNNER_NOT_FOUND: { status: 404, title: "There is no such runner" },
  TOKEN_NOT_FOUND: { status: 404, title: "There is no such token" },
  PUBLISHER_NOT_FOUND: { status: 404, title: "There is no such trusted publisher" },
  SOURCE_NOT_FOUND: { status: 404, title: "There is no such webhook source" },
  SUBSCRIPTION_NOT_FOUND: { status: 404, title: "There is no such subscription" },
  DELIVERY_NOT_FOUND: { status: 404, title: "There is no such delivery" },
  SIGNATURE_INVALID: { status: 401, title: "The webhook is not signed as its source signs" },
  ENTITY_NOT_FOUND: { status: 404, title: "There is no such entity" },
  FILE_NOT_FOUND: { status: 404, title: "There is no such file" },
  UPLOAD_NOT_FOUND: { status: 404, title: "There is no such upload" },
  DIGEST_MISMATCH: { status: 422, title: "The bytes do not have the digest that was said" },
  IDEMPOTENCY_CONFLICT: { status: 409, title: "The Idempotency-Key was used for another request" },
  RANGE_NOT_SATISFIABLE: { status: 416, title: "The range lies outside the file" },
  UPGRADE_REQUIRED: { status: 426, title: "The route speaks WebSocket" },
  BODY_TOO_LARGE: { status: 413, title: "The body is too large" },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: "The route does not read this media type" },
  NOT_ACCEPTABLE: { status: 406, title: "The route does not write this media type" },
  RATE_LIMITED: { status: 429, title: "Too many requests" },
  UNAVAILABLE: { status: 503, title: "A part that is needed does not answer" },
  TIMED_OUT: { status: 503, title: "The request took longer than its route may" },
  INTERNAL: { status: 500, title: "The registry failed" },
} as const satisfies Record<FailureCode, { status: number; title: string }>;
