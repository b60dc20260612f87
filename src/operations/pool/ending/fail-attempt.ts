import type { RunFailure } from "../../../contract/run/run-failure.ts";
import { circuitAfterFailure } from "../../../domain/dispatch/circuit-breaker.ts";
import { afterFailure } from "../../../domain/run/failure-rules.ts";
import { isoTime } from "../iso-time.ts";
import { returnJob } from "../lease/return-job.ts";
import type { LeasedJob, OpenPool } from "../open-pool.ts";
import { changeCircuit } from "../runner/change-circuit.ts";
import { settleRoom } from "../runner/pool-runner.ts";

/**
 * An attempt failed, as its runner said itself (`isSaid`) or the pool found: its job goes back for another, or its end is known. Then
 * `leased.ending` has it, and D1 is to be told.
 */
export function failAttempt(
  pool: OpenPool,
  leased: LeasedJob,
  failure: RunFailure,
  isSaid: boolean,
): "returned" | "ends" {
  const runner = pool.runners.get(leased.runner.id);
  const nowMs = pool.nowMs();
  changeCircuit(pool, leased.job.handler, (circuit) => circuitAfterFailure(circuit, failure.class, nowMs));
  if (runner !== undefined) {
    runner.failed += 1;
    pool.tables.runners.saveCounts(runner.id, runner.succeeded, runner.failed);
  }
  const next = afterFailure({
    failure,
    needs: leased.needs,
    attempt: leased.attempt,
    maxAttempts: leased.job.max_attempts,
    hadUnknown: leased.hadUnknown,
    device: runner?.capabilities.devices.find((device) => device.index === leased.runner.device) ?? null,
    random: pool.random(),
    nowMs,
  });
  if (next.next === "retry") {
    const at = isoTime(nowMs);
    const back = { needs: next.needs, notBeforeMs: Math.ceil(next.notBeforeMs), attempt: leased.attempt };
    returnJob(pool, leased, { ...back, outcome: "failed", failure, isSaid, at });
    return "returned";
  }
  leased.ending = { how: "failure", failure: { ...failure, message: withWhy(failure.message, next.why) } };
  if (runner !== undefined) settleRoom(runner);
  return "ends";
}

function withWhy(message: string, why: string): string {
  return message.includes(why) ? message : `${message} (${why})`;
}
