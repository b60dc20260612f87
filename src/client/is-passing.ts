import { CallFailure } from "./call-failure.ts";

/** Whether a failure may be gone in a moment: the registry is away, restarts, or asks for patience. */
export function isPassing(error: unknown): error is CallFailure {
  if (!(error instanceof CallFailure)) return false;
  const { kind } = error.reason;
  if (kind === "unreachable" || kind === "timed_out") return true;
  return error.status === 429 || (error.status !== null && error.status >= 502);
}
