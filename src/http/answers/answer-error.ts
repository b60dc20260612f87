import type { Needs } from "../needs.ts";
import { answerProblem } from "./answer-problem.ts";

/** What bugs and outages become: caught once, noted for the log, told without their inside. */
export function answerError(error: unknown, { notes, requestId }: Pick<Needs, "notes" | "requestId">): Response {
  notes.error = error;
  notes.code = looksLikeOutage(error) ? "UNAVAILABLE" : "INTERNAL";
  if (looksLikeOutage(error)) {
    const message = "a store that this needs does not answer; nothing was lost, try again in a moment";
    return answerProblem({ code: "UNAVAILABLE", message, retryAfterSeconds: 2 }, requestId);
  }
  return answerProblem({ code: "INTERNAL", message: `the registry failed; report request ${requestId}` }, requestId);
}

/** The one line that the log has of a bug or an outage after which nobody is answered. */
export function logError(error: unknown, request: Request, requestId: string): void {
  console.error(
    JSON.stringify({
      level: "error",
      request_id: requestId,
      method: request.method,
      path: new URL(request.url).pathname,
      outage: looksLikeOutage(error),
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    }),
  );
}

/** What D1, KV, R2 and Durable Objects say when they cannot be reached, are overloaded or were restarted under the call. */
const outageSigns = [
  "D1_ERROR: Network",
  "D1_ERROR: D1 DB",
  "D1_ERROR: Failed to",
  "D1_ERROR: internal error",
  "KV PUT failed",
  "KV GET failed",
  "KV DELETE failed",
  "Network connection lost",
  "Durable Object",
  "overloaded",
  "storage operation exceeded timeout",
  "Cannot resolve Durable Object due to transient issue",
  "We encountered an internal error. Please try again.",
  "Worker's code had hung",
  // A sweep is removing bytes that nobody named until now (migration 0003); in a moment they may be named again.
  "bytes that this names are being removed",
];

/** Whether a store failed, and not we. */
export function looksLikeOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ("retryable" in error && error.retryable === true) return true;
  if ("overloaded" in error && error.overloaded === true) return true;
  return outageSigns.some((sign) => error.message.includes(sign));
}
