import type { FailureCode } from "../contract/failure.ts";

/** What the CLI's exit status says. */
export const exitCodes = {
  ok: 0,
  invalid: 1,
  usage: 2,
  notFound: 3,
  conflict: 4,
  access: 5,
  unavailable: 6,
  limit: 7,
  runFailed: 8,
  runCancelled: 9,
  detached: 10,
  internal: 70,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Exit status of each failure that the registry can answer. */
export const exitCodeOf = {
  INVALID_REQUEST: exitCodes.usage,
  INVALID_DOCUMENT: exitCodes.invalid,
  INVALID_INPUTS: exitCodes.invalid,
  UNAUTHENTICATED: exitCodes.access,
  FORBIDDEN: exitCodes.access,
  ROUTE_NOT_FOUND: exitCodes.notFound,
  METHOD_NOT_ALLOWED: exitCodes.internal,
  NAME_NOT_FOUND: exitCodes.notFound,
  VERSION_NOT_FOUND: exitCodes.notFound,
  VERSION_YANKED: exitCodes.notFound,
  VERSION_DELETED: exitCodes.notFound,
  TAG_NOT_FOUND: exitCodes.notFound,
  VERSION_TAKEN: exitCodes.conflict,
  INCOMPATIBLE_CHANGE: exitCodes.conflict,
  STATE_CONFLICT: exitCodes.conflict,
  TAG_RESERVED: exitCodes.conflict,
  LIMIT_REACHED: exitCodes.limit,
  SEQ_NOT_REACHED: exitCodes.unavailable,
  RUN_NOT_FOUND: exitCodes.notFound,
  RUN_ENDED: exitCodes.conflict,
  STEP_NOT_FOUND: exitCodes.notFound,
  SKILL_NOT_FOUND: exitCodes.notFound,
  RUNNER_NOT_FOUND: exitCodes.notFound,
  TOKEN_NOT_FOUND: exitCodes.notFound,
  PUBLISHER_NOT_FOUND: exitCodes.notFound,
  SOURCE_NOT_FOUND: exitCodes.notFound,
  SUBSCRIPTION_NOT_FOUND: exitCodes.notFound,
  DELIVERY_NOT_FOUND: exitCodes.notFound,
  SIGNATURE_INVALID: exitCodes.access,
  ENTITY_NOT_FOUND: exitCodes.notFound,
  FILE_NOT_FOUND: exitCodes.notFound,
  UPLOAD_NOT_FOUND: exitCodes.notFound,
  DIGEST_MISMATCH: exitCodes.invalid,
  IDEMPOTENCY_CONFLICT: exitCodes.conflict,
  RANGE_NOT_SATISFIABLE: exitCodes.internal,
  UPGRADE_REQUIRED: exitCodes.internal,
  BODY_TOO_LARGE: exitCodes.limit,
  UNSUPPORTED_MEDIA_TYPE: exitCodes.internal,
  NOT_ACCEPTABLE: exitCodes.internal,
  RATE_LIMITED: exitCodes.limit,
  UNAVAILABLE: exitCodes.unavailable,
  TIMED_OUT: exitCodes.unavailable,
  INTERNAL: exitCodes.internal,
} as const satisfies Record<FailureCode, ExitCode>;

/** Where several documents fail in several ways, the exit status tells the one that stands first here. */
const worstFirst: readonly ExitCode[] = [70, 6, 5, 7, 4, 3, 2, 1, 0];

/** The worst of several exit statuses; 0 of none. */
export function worstExitCode(codes: readonly ExitCode[]): ExitCode {
  return worstFirst.find((code) => codes.includes(code)) ?? exitCodes.ok;
}

/** The table for `--help`. */
export const exitCodesText = `Exit status:
  0   done
  1   a document, a source, inputs, the registry's stores or its audit log are not valid; a replay's outputs differ;
      a push or a test delivery came to nothing
  2   the command line is not understood
  3   no such name, version, tag, run, entity, file, runner, token, webhook source or subscription
  4   conflict: version taken, change incompatible, state or tag does not allow it, run ended otherwise
  5   a token is needed, or does not allow it
  6   the registry cannot be reached or is not ready
  7   a limit is reached: size, rate, number
  8   the run failed
  9   the run was cancelled
  10  interrupted while it waited for a run, which goes on
  70  a fault of the registry or of the CLI`;
