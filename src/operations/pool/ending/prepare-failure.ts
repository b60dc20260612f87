import type { RunFailed } from "../../../bindings/d1/run/run-transitions.ts";
import type { RunFailure } from "../../../contract/run/run-failure.ts";
import { failureEntity } from "../../../domain/entity/make-entity.ts";
import { placeEntity } from "../../entity/place-entity.ts";
import { isoTime } from "../iso-time.ts";
import type { LeasedJob, OpenPool } from "../open-pool.ts";
import { lastAttempts } from "../telling/note-mirror.ts";

/** What a final failure writes: the entity that records it, the attempt and the run. */
export async function prepareFailure(pool: OpenPool, leased: LeasedJob, failure: RunFailure): Promise<RunFailed> {
  const { job, fence, attempt, runner, startedAtMs } = leased;
  const finishedAt = isoTime(pool.nowMs());
  const artifact = { kind: job.kind, name: job.name, version: job.version, digest: job.digest };
  const recorded = failureEntity({
    ecsId: pool.newId(),
    createdBy: `runner:${runner.name}`,
    createdAt: finishedAt,
    artifact,
    runId: job.run_id,
    inputEcsId: job.input_entity,
    failure,
  });
  const placed = await placeEntity({ ...pool, now: () => new Date(pool.nowMs()) }, recorded);
  if (!placed.ok) throw new Error(`a failure must fit into an entity: ${placed.failure.message}`);
  return {
    state: "failed",
    runId: job.run_id,
    fence,
    attempt,
    runner,
    startedAt: startedAtMs === null ? null : isoTime(startedAtMs),
    finishedAt,
    attempts: lastAttempts(pool, leased, { outcome: "failed", at: finishedAt, failure }),
    failure,
    entity: placed.value,
  };
}
