import type { RunFailure } from "../../../contract/run/run-failure.ts";
import type { LeasedJob, OpenPool } from "../open-pool.ts";
import { commitEnding } from "./commit-ending.ts";
import { failAttempt } from "./fail-attempt.ts";

/**
 * An attempt failed, as its runner said itself (`isSaid`) or the pool found: another follows, or D1 is told that the run fails. Answers
 * whether all is done; else the runner hears of it when D1 has the run's end.
 */
export function endAttempt(pool: OpenPool, leased: LeasedJob, failure: RunFailure, isSaid = false): boolean {
  if (failAttempt(pool, leased, failure, isSaid) === "returned") return true;
  pool.later(commitEnding(pool, leased));
  pool.turns.matchSoon();
  return false;
}
