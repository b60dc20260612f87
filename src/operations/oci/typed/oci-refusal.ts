import type { Failure, FailureCode } from "../../../contract/failure.ts";
import type { Issue } from "../../../contract/issue.ts";
import type { OciFailure } from "../../../contract/oci/failure.ts";

/** How many issues a message spells out: clients print messages and seldom details. */
const issuesTold = 20;

/** What another status than 400 says better. Clients act on a 409 (do not repeat) and a 503 (do). */
const statuses: Partial<Record<FailureCode, number>> = {
  VERSION_TAKEN: 409,
  INCOMPATIBLE_CHANGE: 409,
  VERSION_DELETED: 409,
  STATE_CONFLICT: 409,
  TAG_RESERVED: 409,
  LIMIT_REACHED: 409,
  BODY_TOO_LARGE: 413,
  UNAVAILABLE: 503,
};

/** What is not about the manifest. */
const codes: Partial<Record<FailureCode, OciFailure["code"]>> = {
  UNAVAILABLE: "TOOMANYREQUESTS",
  FORBIDDEN: "DENIED",
};

/** A refusal of the registration as an OCI client is told it: issues in the message, a line each, and all of them whole beside it. */
export function ociRefusalOf(failure: Failure, file: string | null): OciFailure {
  const { code, message, issues = [], retryAfterSeconds } = failure;
  const told = issues.slice(0, issuesTold).map((issue) => lineOf(issue, file));
  const more = (failure.issueCount ?? issues.length) - told.length;
  const lines = more > 0 ? [...told, `and ${more} more`] : told;
  const status = statuses[code];
  return {
    code: codes[code] ?? "MANIFEST_INVALID",
    message: [message, ...lines].join("\n"),
    ...(issues.length === 0 ? {} : { issues }),
    ...(status === undefined ? {} : { status }),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  };
}

/** As compilers print it: `file:line:column: error code: message (suggestion)`. */
function lineOf({ severity, line, column, code, message, suggestion, path }: Issue, file: string | null): string {
  const place = line === null ? path || (file ?? "document") : `${file ?? "document"}:${line}:${column ?? 1}`;
  return `${place}: ${severity} ${code}: ${message}${suggestion === null ? "" : ` (${suggestion})`}`;
}
