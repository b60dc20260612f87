import { commitCancel } from "../../bindings/d1/run/commit-cancel.ts";
import type { RunRow } from "../../bindings/d1/run/run-row.ts";
import { loadRunRow } from "../../bindings/d1/run/run-row.ts";
import { sendJob } from "../../bindings/queue/gpu-jobs.ts";
import type { Failure } from "../../contract/failure.ts";
import type { Run } from "../../contract/run/run.ts";
import { type Result, refusal } from "../../domain/result.ts";
import { settleRun } from "../workflow-run/settle-run.ts";
import { askPool } from "./ask-pool.ts";
import { isPooled } from "./no-pool.ts";
import { missingRun, readRun } from "./read-run.ts";
import type { RunNeeds } from "./run-needs.ts";
import { tellParents } from "./tell-parents.ts";

/**
 * Cancels a run. D1 decides; then its pool is told, which tells its runner, or its instance is stopped and what that waits for is cancelled too; and
 * the workflow whose step it does. Twice is the same as once.
 */
export async function cancelRun(
  needs: Pick<RunNeeds, "db" | "blobs" | "pools" | "gpuJobs" | "workflows" | "feeds" | "now">,
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
  if (row.kind === "workflow") await settleRun(needs, runId);
  else await Promise.all([dropFromPool(needs, row), row.parent_run === null ? null : tellParents(needs, runId)]);
  return readRun(needs, runId);
}

async function dropFromPool({ pools, gpuJobs }: Pick<RunNeeds, "pools" | "gpuJobs">, row: RunRow): Promise<void> {
  if (!isPooled(row.kind)) return;
  const reason = row.cancel_reason ?? `cancelled by ${row.cancelled_by}`;
  const told = await askPool(() => pools(row.pool).drop(row.id, reason));
  // The queue's consumer finds the run cancelled and tells the pool again.
  if (!told.answered) await sendJob(gpuJobs, { run_id: row.id, pool: row.pool });
}
