import type { ResultReport } from "../../../contract/runner/from-runner.ts";
import type { OpenPool } from "../open-pool.ts";
import { type PoolRunner, settleRoom } from "../runner/pool-runner.ts";
import { leaseOf } from "../runner/say-accepted.ts";
import { answerLate } from "./answer-late.ts";
import { commitEnding } from "./commit-ending.ts";

/**
 * A runner has a job's outputs. Its process is over, so its room is free at once; `accepted` it hears only when D1 has the run's end. Sent
 * again meanwhile, it changes nothing.
 */
export function takeResult(pool: OpenPool, runner: PoolRunner, report: ResultReport): void {
  const leased = leaseOf(runner, report);
  if (leased === null) {
    answerLate(pool, runner, report);
    return;
  }
  if (leased.ending !== null) return;
  leased.ending = { how: "result", report };
  settleRoom(runner);
  pool.later(commitEnding(pool, leased));
  pool.turns.matchSoon();
}
