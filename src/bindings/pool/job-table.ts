import { z } from "zod";
import { type Progress, progress } from "../../contract/run/progress.ts";
import { type RunFailure, runFailure } from "../../contract/run/run-failure.ts";
import { result } from "../../contract/runner/from-runner.ts";
import { type Job, type JobNeeds, job, jobNeeds } from "../../contract/runner/job.ts";
import type { WaitingJob } from "../../domain/dispatch/waiting-jobs.ts";
import { jsonColumn } from "../d1/run/run-row.ts";

const runnerOfJob = z.object({
  runner_id: z.string(),
  runner_name: z.string(),
  device: z.number().nullable(),
  device_class: z.string(),
  leased_at: z.number(),
  started_at: z.number().nullable(),
});

/** How a run ends, when D1 could not be told yet: what its runner said, or the failure that nothing follows. */
export const keptEnding = z.discriminatedUnion("how", [
  z.object({ how: z.literal("result"), report: result }),
  z.object({ how: z.literal("failure"), failure: runFailure }),
]);
export type KeptEnding = z.infer<typeof keptEnding>;

const jobRow = z.object({
  run_id: z.string(),
  job: jsonColumn(job),
  needs: jsonColumn(jobNeeds),
  attempt: z.number(),
  fence: z.number(),
  settled_fence: z.number(),
  had_unknown: z.number().transform((flag) => flag === 1),
  arrived_at: z.number(),
  failure: jsonColumn(runFailure).nullable(),
  progress: jsonColumn(progress).nullable(),
  ending: jsonColumn(keptEnding).nullable(),
});
/** A job with all that a pool knows of it, but who has it. */
export type JobRow = z.infer<typeof jobRow>;

const leasedRow = jobRow.extend({ ...runnerOfJob.shape, state: z.enum(["leased", "running"]) });
/** A job that a runner has. */
export type LeasedRow = z.infer<typeof leasedRow>;

const waitingRow = z.object({
  run_id: z.string(),
  needs: z.string(),
  priority: z.number(),
  arrived_at: z.number(),
  not_before: z.number(),
  warm_keys: jsonColumn(z.array(z.string())),
  handler: z.string().nullable(),
});

const columns = "run_id, job, needs, attempt, fence, settled_fence, had_unknown, arrived_at, failure, progress, ending";

/** The jobs of a pool on disk. */
export class JobTable {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  insert(offered: Job, waiting: WaitingJob, begun: { attempt: number; fence: number }): void {
    this.#sql.exec(
      `INSERT INTO job (run_id, job, flattened_digest, state, priority, handler, warm_keys, needs, attempt, fence, settled_fence,
         had_unknown, arrived_at, not_before)
       VALUES (?, ?, ?, 'queued', ?, ?, ?, ?, ?, ?, 0, 0, ?, 0)`,
      offered.run_id,
      JSON.stringify(offered),
      offered.flattened_digest,
      offered.priority,
      offered.handler,
      JSON.stringify(waiting.warmKeys),
      JSON.stringify(offered.needs),
      begun.attempt,
      begun.fence,
      waiting.arrivedAtMs,
    );
  }

  load(runId: string): JobRow | null {
    const [row] = this.#sql.exec(`SELECT ${columns} FROM job WHERE run_id = ?`, runId).toArray();
    return row === undefined ? null : jobRow.parse(row);
  }

  /** Jobs that wait. Needs that are equal are one object: a pool may hold a hundred thousand of them. */
  *waiting(): Iterable<WaitingJob> {
    const known = new Map<string, JobNeeds>();
    const rows = this.#sql.exec(
      "SELECT run_id, needs, priority, arrived_at, not_before, warm_keys, handler FROM job WHERE state = 'queued'",
    );
    for (const found of rows) {
      const row = waitingRow.parse(found);
      const needs = known.get(row.needs) ?? jobNeeds.parse(JSON.parse(row.needs));
      known.set(row.needs, needs);
      yield {
        runId: row.run_id,
        needs,
        priority: row.priority,
        arrivedAtMs: row.arrived_at,
        notBeforeMs: row.not_before,
        warmKeys: row.warm_keys,
        handler: row.handler,
      };
    }
  }

  leased(): LeasedRow[] {
    const rows = this.#sql.exec(
      `SELECT ${columns}, state, runner_id, runner_name, device, device_class, leased_at, started_at FROM job
       WHERE state <> 'queued'`,
    );
    return z.array(leasedRow).parse(rows.toArray());
  }

  saveLease(
    runId: string,
    lease: {
      attempt: number;
      fence: number;
      runnerId: string;
      runnerName: string;
      device: number | null;
      deviceClass: string;
      leasedAtMs: number;
    },
  ): void {
    this.#sql.exec(
      `UPDATE job SET state = 'leased', attempt = ?, fence = ?, runner_id = ?, runner_name = ?, device = ?, device_class = ?,
         leased_at = ?, started_at = NULL, ending = NULL, not_before = 0 WHERE run_id = ?`,
      lease.attempt,
      lease.fence,
      lease.runnerId,
      lease.runnerName,
      lease.device,
      lease.deviceClass,
      lease.leasedAtMs,
      runId,
    );
  }

  saveStart(runId: string, startedAtMs: number): void {
    this.#sql.exec("UPDATE job SET state = 'running', started_at = ? WHERE run_id = ?", startedAtMs, runId);
  }

  saveProgress(runId: string, now: Progress): void {
    this.#sql.exec("UPDATE job SET progress = ? WHERE run_id = ?", JSON.stringify(now), runId);
  }

  saveEnding(runId: string, ending: KeptEnding): void {
    this.#sql.exec("UPDATE job SET ending = ? WHERE run_id = ?", JSON.stringify(ending), runId);
  }

  /** Puts a job back among those that wait. */
  saveReturn(
    runId: string,
    back: {
      needs: JobNeeds;
      attempt: number;
      settledFence: number;
      hadUnknown: boolean;
      notBeforeMs: number;
      failure: RunFailure | null;
    },
  ): void {
    this.#sql.exec(
      `UPDATE job SET state = 'queued', needs = ?, attempt = ?, settled_fence = ?, had_unknown = ?, not_before = ?, failure = ?,
         runner_id = NULL, runner_name = NULL, device = NULL, device_class = NULL, leased_at = NULL, started_at = NULL,
         ending = NULL WHERE run_id = ?`,
      JSON.stringify(back.needs),
      back.attempt,
      back.settledFence,
      back.hadUnknown ? 1 : 0,
      back.notBeforeMs,
      back.failure === null ? null : JSON.stringify(back.failure),
      runId,
    );
  }

  remove(runId: string): void {
    this.#sql.exec("DELETE FROM job WHERE run_id = ?", runId);
  }
}
