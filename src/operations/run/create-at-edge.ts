import type { EntityRow } from "../../bindings/d1/entity/entity-statements.ts";
import type { KeyedRequest } from "../../bindings/d1/run/idempotency-keys.ts";
import { insertEndedRun } from "../../bindings/d1/run/insert-ended-run.ts";
import type { StoredRun } from "../../bindings/d1/run/load-run.ts";
import type { RunRow } from "../../bindings/d1/run/run-row.ts";
import type { RunEnding } from "../../bindings/d1/run/run-transitions.ts";
import type { Failure } from "../../contract/failure.ts";
import type { Run } from "../../contract/run/run.ts";
import { type Result, success } from "../../domain/result.ts";
import { describeRun } from "./describe-run.ts";
import type { EdgeNeeds } from "./edge-attempt.ts";
import type { EdgeJob } from "./edge-job.ts";
import { endAtEdge } from "./end-at-edge.ts";
import { newRunRow, type PreparedRun } from "./prepared-run.ts";

/**
 * Does a run at the edge and records it together with its end. Null when another request took the key meanwhile: then both have called
 * the function, which leaves no trace, and that one's run is the answer.
 */
export async function createAtEdge(
  needs: EdgeNeeds,
  prepared: PreparedRun & { job: EdgeJob },
  keyed: KeyedRequest | null,
): Promise<Result<Run | null, Failure>> {
  const ended = await endAtEdge(needs, prepared);
  if (!ended.ok) return ended;
  const { job, ending } = ended.value;
  const row = newRunRow({ ...prepared, job });
  const run = { row, job, inputEntity: prepared.inputEntity, keyed };
  if (!(await insertEndedRun(needs.db, run, ended.value))) return success(null);
  return success(describeRun(storedRun(row, ending), { from: "nobody" }));
}

/** What D1 has now, without asking it. */
function storedRun(row: RunRow, ending: RunEnding): StoredRun {
  const ended = {
    ...row,
    state: ending.state,
    state_since: ending.finishedAt,
    attempt: ending.attempt,
    fence: ending.fence,
    runner: ending.runner,
    started_at: ending.startedAt,
    finished_at: ending.finishedAt,
  };
  const attempts = ending.attempts.map(({ run_id: _, ...attempt }) => attempt);
  if (ending.state === "failed") {
    const told = { failure: ending.failure, failure_entity: ending.entity.ecs_id };
    return { row: { ...ended, ...told }, attempts, outputs: [] };
  }
  const told = { progress: ending.progress, replay: ending.replay, run_seconds: ending.runSeconds };
  return { row: { ...ended, ...told }, attempts, outputs: ending.entities.map(storedOutput) };
}

function storedOutput({ ecs_id, output_index, data }: EntityRow): StoredRun["outputs"][number] {
  return { ecs_id, output_index: output_index ?? 0, data: data === null ? null : JSON.parse(data) };
}
