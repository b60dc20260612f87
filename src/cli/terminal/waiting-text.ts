import type { WatchedRun } from "../runs/watched-run.ts";

/** Whether it is known why a queued run waits. */
export function isWaitKnown({ state, waiting, failed }: WatchedRun): boolean {
  return state === "queued" && (waiting !== null || failed !== null);
}

/** Why a queued run waits, in words. */
export function waitingText({ waiting, failed }: WatchedRun): string {
  if (waiting !== null) return waiting.message;
  if (failed === null) return "waiting for a runner";
  const { attempt, code, message } = failed.failure;
  return `attempt ${attempt} failed: ${code}: ${message}; it will be tried again`;
}
