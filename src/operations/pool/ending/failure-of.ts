import type { RunFailure } from "../../../contract/run/run-failure.ts";
import { isoTime } from "../iso-time.ts";
import type { LeasedJob, OpenPool } from "../open-pool.ts";

/** A failure of a leased job's present attempt, now. */
export function failureOf(
  pool: OpenPool,
  leased: LeasedJob,
  what: Pick<RunFailure, "class" | "code" | "message" | "detail">,
): RunFailure {
  return { ...what, attempt: leased.attempt, runner: leased.runner.name, at: isoTime(pool.nowMs()) };
}
