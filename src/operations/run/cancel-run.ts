import { commitCancel } from "../../bindings/d1/run/commit-cancel.ts";
import { loadRunRow } from "../../bindings/d1/run/run-row.ts";
import { sendJob } from "../../bindings/queue/gpu-jobs.ts";
import type { Failure } from "../../contract/failure.ts";
import type { Run } from "../../contract/run/run.ts";
import { type Result, refusal } from "../../domain/result.ts";
import { askPool } from "./ask-pool.ts";
import { missingRun, readRun } from "./read-run.ts";
import type { RunNeeds } from "./run-needs.ts";

/** Cancels a run. D1 decides; then its pool is told, which tells its runner. Twice is the same as once. */
export async function cancelRun(
  needs: Pick<RunNeeds, "db" | "blobs" | "pools" | "gpuJobs" | "now">,
  { runId, by, reason }: { runId: string; by: string; reason: string | null },
): Promise<Result<Run, Failure>> {
  await commitCancel(needs.db, { runId, by, reason, at: needs.now().toISOString() });
  const row = await loadRunRow(needs.db, runId);
  if (row === null) return missingRun(runId);
  if (row.state !== "cancelled") {
    return refusal({
      code: "RUN_ENDED",
      message: `run ${runId} has ${row.state} at ${row.finished_at ?? row.state_since}; only a run that has not ended can be cancelled`,
    });
  }
  const told = await askPool(() => needs.pools(row.pool).drop(runId, row.cancel_reason ?? `cancelled by ${by}`));
  // The queue's consumer finds the run cancelled and tells the pool again.
  if (!told.answered) await sendJob(needs.gpuJobs, { run_id: runId, pool: row.pool });
  return readRun(needs, runId);
}
