import type { EntityRow } from "../../bindings/d1/entity/entity-statements.ts";
import type { RunRow } from "../../bindings/d1/run/run-row.ts";
import type { Labels } from "../../contract/run/run-request.ts";
import type { Job } from "../../contract/runner/job.ts";

/** A run that passed every check and waits to be recorded. */
export interface PreparedRun {
  job: Job;
  labels: Labels;
  createdBy: string;
  inputEntity: EntityRow;
}

/** The row of a run that was just made. */
export function newRunRow({ job, labels, createdBy }: PreparedRun): RunRow {
  return {
    id: job.run_id,
    kind: job.kind,
    name: job.name,
    version: job.version,
    digest: job.digest,
    pool: job.pool,
    priority: job.priority,
    labels,
    state: "queued",
    state_since: job.created_at,
    attempt: 0,
    max_attempts: job.max_attempts,
    timeout_seconds: job.timeout_seconds,
    fence: 0,
    runner: null,
    progress: null,
    failure: null,
    failure_entity: null,
    cancelled_by: null,
    cancel_reason: null,
    input_entity: job.input_entity,
    replay_of: job.replay_of,
    replay: null,
    parent_run: job.parent?.run ?? null,
    parent_step: job.parent?.step ?? null,
    retry_of: null,
    retry_from: null,
    events_digest: null,
    created_at: job.created_at,
    created_by: createdBy,
    started_at: null,
    finished_at: null,
    run_seconds: null,
  };
}
