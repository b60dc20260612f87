import type { RunFailure } from "../../../contract/run/run-failure.ts";
import type { JobNeeds } from "../../../contract/runner/job.ts";
import { isoTime } from "../iso-time.ts";
import type { LeasedJob, OpenPool } from "../open-pool.ts";
import { settleRoom } from "../runner/pool-runner.ts";
import { warmKeysOf } from "../take-offer.ts";
import { tellState } from "../telling/event-stream.ts";
import { noteReturn } from "../telling/note-mirror.ts";

/** How a lease ended, and how its job goes on. */
export interface JobReturn {
  needs: JobNeeds;
  /** Attempts that count. */
  attempt: number;
  notBeforeMs: number;
  outcome: "failed" | "released";
  failure: RunFailure | null;
  /** Its runner said so itself. */
  isSaid: boolean;
  at: string;
}

/** Puts a leased job back among those that wait. It keeps the time of its arrival, and so its place. */
export function returnJob(pool: OpenPool, leased: LeasedJob, back: JobReturn): void {
  const { run_id: runId, priority, handler } = leased.job;
  pool.leased.delete(runId);
  const runner = pool.runners.get(leased.runner.id);
  runner?.leases.delete(runId);
  if (runner !== undefined) settleRoom(runner);
  pool.tables.jobs.saveReturn(runId, {
    needs: back.needs,
    attempt: back.attempt,
    settledFence: back.isSaid ? leased.fence : 0,
    hadUnknown: leased.hadUnknown || back.failure?.class === "unknown",
    notBeforeMs: back.notBeforeMs,
    failure: back.failure,
  });
  tellState(pool, runId, {
    state: "queued",
    attempt: back.attempt,
    runner: null,
    failure: back.failure,
    retry_at: back.notBeforeMs > pool.nowMs() ? isoTime(back.notBeforeMs) : null,
  });
  noteReturn(pool, leased, back);
  pool.waiting.add({
    runId,
    needs: back.needs,
    priority,
    arrivedAtMs: leased.arrivedAtMs,
    notBeforeMs: back.notBeforeMs,
    warmKeys: warmKeysOf(leased.job),
    handler,
  });
  pool.turns.matchSoon();
}
