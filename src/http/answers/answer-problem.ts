import { type Failure, failureStatus, type Problem } from "../../contract/failure.ts";
import { headers } from "../../contract/http/headers.ts";

/** A failure as RFC 9457 problem details. */
export function answerProblem(failure: Failure, requestId: string, extra: Record<string, string> = {}): Response {
  const { status, title } = failureStatus[failure.code];
  const problem: Problem = {
    type: `https://callsheet.dev/problems/${failure.code.toLowerCase().replaceAll("_", "-")}`,
    title,
    status,
    detail: failure.message,
    code: failure.code,
    issues: failure.issues ?? [],
    ...(failure.issueCount === undefined ? {} : { issue_count: failure.issueCount }),
    request_id: requestId,
  };
  return new Response(JSON.stringify(problem), {
    status,
    headers: {
      "Content-Type": "application/problem+json",
      // A refusal is true now; a name that is missing may be published in a moment.
      "Cache-Control": "no-store",
      [headers.requestId]: requestId,
      ...(failure.retryAfterSeconds === undefined ? {} : { "Retry-After": String(failure.retryAfterSeconds) }),
      ...(failure.code === "UNAUTHENTICATED" ? { "WWW-Authenticate": 'Bearer realm="callsheet"' } : {}),
      ...extra,
    },
  });
}
