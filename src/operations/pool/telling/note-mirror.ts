import type { AttemptOfRun } from "../../../bindings/d1/run/run-transitions.ts";
import type { RunFailure } from "../../../contract/run/run-failure.ts";
import { isoTime } from "../iso-time.ts";
import type { LeasedJob, OpenPool } from "../open-pool.ts";
import { mirrorSoon } from "./flush-mirror.ts";

/** Notes for D1 that a lease began, or how its run stands now. */
export function noteLease(pool: OpenPool, leased: LeasedJob): void {
  pool.tables.mirror.noteAttempt(attemptOf(leased, "under_way", null, null));
  noteStanding(pool, leased);
}

/** Notes for D1 how a leased run stands. */
export function noteStanding(pool: OpenPool, leased: LeasedJob): void {
  pool.tables.mirror.noteRun({
    run_id: leased.job.run_id,
    state: leased.startedAtMs === null ? "leased" : "running",
    state_since: isoTime(leased.startedAtMs ?? leased.leasedAtMs),
    attempt: leased.attempt,
    fence: leased.fence,
    runner: leased.runner,
    started_at: leased.startedAtMs === null ? null : isoTime(leased.startedAtMs),
    progress: leased.progress,
  });
  mirrorSoon(pool);
}

/** Notes for D1 that a lease is over and its run waits again. */
export function noteReturn(
  pool: OpenPool,
  leased: LeasedJob,
  ended: { outcome: "failed" | "released"; failure: RunFailure | null; attempt: number; at: string },
): void {
  pool.tables.mirror.noteAttempt(attemptOf(leased, ended.outcome, ended.at, ended.failure));
  pool.tables.mirror.noteRun({
    run_id: leased.job.run_id,
    state: "queued",
    state_since: ended.at,
    attempt: ended.attempt,
    fence: leased.fence,
    runner: null,
    started_at: null,
    progress: leased.progress,
  });
  mirrorSoon(pool);
}

/** Notes for D1 that an attempt ended with its run's cancellation. */
export function noteCancelled(pool: OpenPool, leased: LeasedJob, at: string): void {
  pool.tables.mirror.noteAttempt(attemptOf(leased, "cancelled", at, null));
  mirrorSoon(pool);
}

/** What a run's last attempt writes with the run's end: itself, and those before it of which D1 has not been told. */
export function lastAttempts(
  pool: OpenPool,
  leased: LeasedJob,
  last: { outcome: "succeeded" | "failed"; at: string; failure: RunFailure | null },
): AttemptOfRun[] {
  const earlier = pool.tables.mirror.attemptsOf(leased.job.run_id).filter(({ fence }) => fence < leased.fence);
  return [...earlier, attemptOf(leased, last.outcome, last.at, last.failure)];
}

/** An attempt as D1 has it. */
function attemptOf(
  leased: LeasedJob,
  outcome: AttemptOfRun["outcome"],
  endedAt: string | null,
  failure: RunFailure | null,
): AttemptOfRun {
  return {
    run_id: leased.job.run_id,
    attempt: leased.attempt,
    fence: leased.fence,
    runner: leased.runner,
    leased_at: isoTime(leased.leasedAtMs),
    ended_at: endedAt,
    outcome,
    failure,
  };
}
