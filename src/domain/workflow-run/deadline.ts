import type { Duration } from "../../contract/workflow/retry.ts";
import { durationSeconds } from "../workflow/duration-seconds.ts";

/** By when something must be done (milliseconds since 1970), and whose timeout says so. */
export interface Deadline {
  at: number;
  of: "run" | "step";
}

/** The earlier of what holds around a step and of what it says itself. */
export function deadlineOfStep(
  around: Deadline | null,
  timeout: Duration | undefined,
  startedAt: number,
): Deadline | null {
  const own = deadlineAfter(timeout, startedAt, "step");
  return own === null || (around !== null && around.at < own.at) ? around : own;
}

/** When a timeout is over; null without one. */
export function deadlineAfter(timeout: Duration | undefined, startedAt: number, of: Deadline["of"]): Deadline | null {
  // Whole milliseconds, as dates have them; 4.568 s times 1000 is a little more than 4568.
  return timeout === undefined
    ? null
    : { at: startedAt + Math.max(1, Math.round(durationSeconds(timeout) * 1000)), of };
}
