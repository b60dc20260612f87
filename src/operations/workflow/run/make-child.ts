import { insertChildRun } from "../../../bindings/d1/workflow/insert-child-run.ts";
import { sendJob } from "../../../bindings/queue/gpu-jobs.ts";
import { newRunRow, type PreparedRun } from "../../run/prepared-run.ts";
import type { OpenRun } from "./open-run.ts";

/**
 * Makes the run that does a step and brings it to its pool. The same one again is made once. Answers false, and makes none, when the
 * workflow's run has ended meanwhile, by being cancelled.
 */
export async function makeChild(open: OpenRun, prepared: PreparedRun): Promise<boolean> {
  const { needs, row: parent } = open;
  const { job, inputEntity } = prepared;
  const row = newRunRow(prepared);
  const made = await insertChildRun(needs.db, { row, job, inputEntity, keyed: null }, parent.id);
  if (made === "parent_ended") return false;
  if (made === "made") needs.later(offer(open, prepared));
  if (!(await sendJob(needs.gpuJobs, { run_id: row.id, pool: row.pool }))) {
    // Cron offers it again.
    console.warn(JSON.stringify({ level: "warn", not_sent: row.id }));
  }
  return true;
}

async function offer({ needs }: OpenRun, { job }: PreparedRun): Promise<void> {
  try {
    await needs.pools(job.pool).offer(job, true);
  } catch (error) {
    console.warn(JSON.stringify({ level: "warn", first_offer: job.run_id, error: String(error) }));
  }
}
