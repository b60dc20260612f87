import type { RunEnding } from "../../../bindings/d1/run/run-transitions.ts";
import type { RunFailure } from "../../../contract/run/run-failure.ts";
import type { FinalState } from "../../../contract/run/run-state.ts";
import type { OpenPool } from "../open-pool.ts";
import { settleRoom } from "../runner/pool-runner.ts";
import { tellState } from "../telling/event-stream.ts";
import { tellParentLater } from "./tell-parent.ts";

/** Events of an ended run stay in the pool this long; then they are archived in R2. */
export const archiveAfterMs = 5 * 60_000;
/** How long a pool remembers that a run has ended. */
export const rememberEndedMs = 60 * 60_000;

/**
 * A run has ended in D1: its job goes, its listeners and all who wait for it are told. `ending`: as this pool committed it, with its attempts; null
 * when somebody else ended it, who tells its workflow too. `reason`: told to the runner that still has it; null when that runner is told otherwise.
 */
export function closeRun(
  pool: OpenPool,
  runId: string,
  end: {
    outcome: FinalState;
    fence: number;
    failure: RunFailure | null;
    ending: RunEnding | null;
    reason: string | null;
  },
): void {
  const leased = pool.leased.get(runId);
  const attempt = leased?.attempt ?? pool.tables.jobs.load(runId)?.attempt ?? 0;
  pool.waiting.remove(runId);
  pool.tables.jobs.remove(runId);
  // Attempts of a run that was ended elsewhere are still to be told.
  pool.tables.mirror.forgetRun(runId, end.ending === null ? 0 : end.fence);
  pool.tables.ended.insert({ run_id: runId, fence: end.fence, outcome: end.outcome, ended_at: pool.nowMs() });
  tellState(pool, runId, {
    state: end.outcome,
    attempt,
    runner: leased?.runner.name ?? null,
    failure: end.failure,
    retry_at: null,
  });
  pool.sockets.closeListeners(runId);
  pool.streams.delete(runId);
  pool.releases.delete(runId);
  for (const tell of pool.waiters.get(runId) ?? []) tell();
  pool.waiters.delete(runId);
  if (leased !== undefined) {
    if (end.ending !== null) tellParentLater(pool, leased.job, end.ending);
    pool.leased.delete(runId);
    const runner = pool.runners.get(leased.runner.id);
    runner?.leases.delete(runId);
    if (runner !== undefined) settleRoom(runner);
    if (runner !== undefined && runner.socket !== null && end.reason !== null)
      pool.sockets.send(runner.socket, { type: "cancel", run_id: runId, fence: leased.fence, reason: end.reason });
  }
  pool.wakeAt(pool.nowMs() + archiveAfterMs);
}
