import { CallFailure } from "../../client/call-failure.ts";
import { readRetryAfter } from "../../client/retry-delay.ts";
import { type FailureCode, failureStatus } from "../../contract/failure.ts";
import { headers } from "../../contract/http/headers.ts";
import type { Issue } from "../../contract/issue.ts";
import { type OciErrorCode, ociErrors } from "../../contract/oci/failure.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";

/** What `/v2/` refused, in the words of OCI Distribution; who is not let in or comes too soon is told by a `CallFailure`, as elsewhere. */
export class OciRefusal extends Error {
  readonly code: OciErrorCode;
  readonly status: number;
  /** What is wrong with the document that was to be registered. */
  readonly issues: readonly Issue[];

  constructor(code: OciErrorCode, status: number, message: string, issues: readonly Issue[] = []) {
    super(message);
    this.name = "OciRefusal";
    this.code = code;
    this.status = status;
    this.issues = issues;
  }

  /** What the CLI's exit status says of it. */
  get exitCode(): ExitCode {
    if (this.status === 413) return exitCodes.limit;
    if (this.status === 409) return exitCodes.conflict;
    return exitCodeOfOci[this.code];
  }
}

const exitCodeOfOci = {
  BLOB_UNKNOWN: exitCodes.notFound,
  BLOB_UPLOAD_INVALID: exitCodes.internal,
  BLOB_UPLOAD_UNKNOWN: exitCodes.notFound,
  DIGEST_INVALID: exitCodes.invalid,
  MANIFEST_BLOB_UNKNOWN: exitCodes.conflict,
  MANIFEST_INVALID: exitCodes.invalid,
  MANIFEST_UNKNOWN: exitCodes.notFound,
  NAME_INVALID: exitCodes.usage,
  NAME_UNKNOWN: exitCodes.notFound,
  SIZE_INVALID: exitCodes.invalid,
  UNAUTHORIZED: exitCodes.access,
  DENIED: exitCodes.access,
  UNSUPPORTED: exitCodes.internal,
  TOOMANYREQUESTS: exitCodes.limit,
} as const satisfies Record<OciErrorCode, ExitCode>;

/** What an answer of `/v2/` that is no success says, as the error to throw. Reads its body. */
export async function readOciRefusal(url: string, response: Response): Promise<OciRefusal | CallFailure> {
  const text = await response.text().catch(() => "");
  const { status } = response;
  const parsed = ociErrors.safeParse(parseJson(text));
  const [first] = parsed.success ? parsed.data.errors : [];
  const passed = passedCode(status);
  // An answer to HEAD says nothing but its status.
  if (passed !== null && (parsed.success || text === "")) {
    const detail = first?.message ?? `${url} answered ${status}: ${wordless[passed] ?? "try again"}`;
    const { title } = failureStatus[passed];
    const request_id = response.headers.get(headers.requestId) ?? "";
    return new CallFailure(detail, {
      kind: "refused",
      status,
      problem: { type: "about:blank", title, status, detail, code: passed, issues: [], request_id },
      retryAfterSeconds: readRetryAfter(response.headers.get("retry-after"), Date.now()),
    });
  }
  if (first !== undefined) {
    const issues = parsed.data?.issues ?? [];
    // For other clients each issue is a line of the message as well.
    const message = issues.length === 0 ? first.message : (first.message.split("\n")[0] ?? "");
    return new OciRefusal(first.code, status, message, issues);
  }
  const begin = text.trim().replace(/\s+/g, " ").slice(0, 120);
  const found = begin === "" ? "" : ` (“${begin}”)`;
  const message = `${url} answered ${status} to a request of the OCI registry${found}; is there a registry at /v2/?`;
  return new CallFailure(message, { kind: "unreadable", status });
}

/** What an answer to HEAD means that says no more than its status. */
const wordless: Partial<Record<FailureCode, string>> = {
  UNAUTHENTICATED: "it needs a token, or another one",
  FORBIDDEN: "the token does not allow this",
};

/** Statuses that mean the same at every route. */
function passedCode(status: number): FailureCode | null {
  if (status === 401) return "UNAUTHENTICATED";
  if (status === 403) return "FORBIDDEN";
  if (status === 429) return "RATE_LIMITED";
  if (status < 500) return null;
  return status === 500 ? "INTERNAL" : "UNAVAILABLE";
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
