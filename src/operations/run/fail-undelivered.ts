import { v7 } from "uuid";
import { loadJob, loadRunRow } from "../../bindings/d1/run/run-row.ts";
import { commitFailure } from "../../bindings/d1/run/run-transitions.ts";
import type { RunFailure } from "../../contract/run/run-failure.ts";
import { isFinal } from "../../contract/run/run-state.ts";
import { failureEntity } from "../../domain/entity/make-entity.ts";
import { placeEntity } from "../entity/place-entity.ts";
import { askPool } from "./ask-pool.ts";
import type { RunNeeds } from "./run-needs.ts";
import { tellParents } from "./tell-parents.ts";

/**
 * Ends a run that no delivery could bring to its pool. Answers false when there is nothing to end: it has ended, or its pool had it once,
 * which D1's mirror of its leases shows, and a sweep sees to it that it has it again.
 */
export async function failUndelivered(
  { db, blobs, pools, workflows, now }: Pick<RunNeeds, "db" | "blobs" | "pools" | "workflows" | "now">,
  runId: string,
  why: { message: string; detail: string },
): Promise<boolean> {
  const [row, job] = await Promise.all([loadRunRow(db, runId), loadJob(db, runId)]);
  if (row === null || job === null || isFinal(row.state) || row.fence > 0) return false;
  const at = now().toISOString();
  const failure: RunFailure = {
    class: "permanent",
    code: "undeliverable",
    message: why.message,
    detail: why.detail,
    attempt: row.attempt,
    runner: null,
    at,
  };
  const { kind, name, version, digest } = job;
  const artifact = { kind, name, version, digest };
  const entity = failureEntity({
    ecsId: v7(),
    createdAt: at,
    createdBy: "registry",
    artifact,
    runId,
    inputEcsId: job.input_entity,
    failure,
  });
  const placed = await placeEntity({ db, blobs, now }, entity);
  if (!placed.ok) throw new Error(`the failure of run ${runId} cannot be recorded: ${placed.failure.message}`);
  const isDone = await commitFailure(db, {
    state: "failed",
    runId,
    fence: row.fence,
    attempt: row.attempt,
    runner: row.runner,
    startedAt: row.started_at,
    finishedAt: at,
    attempts: [],
    failure,
    entity: placed.value,
  });
  // Should the pool have it after all: its result would be refused, so it need not go on.
  if (isDone) await askPool(() => pools(job.pool).drop(runId, why.message));
  if (isDone && row.parent_run !== null) await tellParents({ db, workflows }, runId);
  return isDone;
}
