import { v7 } from "uuid";
import type { AttemptOfRun, RunEnding } from "../../bindings/d1/run/run-transitions.ts";
import type { RunnerOfRun } from "../../contract/run/run.ts";
import type { RunFailure } from "../../contract/run/run-failure.ts";
import { canonicalDigest } from "../../domain/document/canonical-digest.ts";
import { copyJson } from "../../domain/document/json-value.ts";
import { failureEntity, outputEntity } from "../../domain/entity/make-entity.ts";
import type { NewEntity } from "../../domain/entity/new-entity.ts";
import { progressOfSuccess } from "../../domain/run/overall-progress.ts";
import { placeEntity } from "../entity/place-entity.ts";
import { compareWithOriginal } from "../pool/ending/compare-with-original.ts";
import type { EdgeAttempt, EdgeNeeds } from "./edge-attempt.ts";
import type { EdgeJob } from "./edge-job.ts";
import type { EdgeFailure } from "./edge-outputs.ts";

/** What runs say of who did them. */
const edgeRunner: RunnerOfRun = { id: "edge", name: "edge", device: null };

/** What the end of a run writes: its output or failure entity, its attempts, its row. The last attempt decides. */
export async function edgeEnding(needs: EdgeNeeds, job: EdgeJob, attempts: readonly EdgeAttempt[]): Promise<RunEnding> {
  const last = attempts.at(-1);
  if (last === undefined) throw new Error(`run ${job.run_id} has no attempt`);
  const common = {
    runId: job.run_id,
    fence: attempts.length,
    attempt: attempts.length,
    runner: edgeRunner,
    startedAt: last.startedAt,
    finishedAt: last.finishedAt,
    attempts: attempts.map((attempt, at) => attemptOf(job, attempt, at + 1)),
  };
  if (!last.result.ok) {
    const failure = failureOf(last.result.failure, attempts.length, last.finishedAt);
    return { ...common, state: "failed", failure, entity: await place(needs, recordFailure(job, failure)) };
  }
  const outputs = [last.result.value];
  const outputsDigest = canonicalDigest(copyJson(outputs));
  return {
    ...common,
    state: "succeeded",
    deviceClass: "edge",
    runSeconds: last.outcome.wall_ms / 1000,
    outputsDigest,
    progress: progressOfSuccess(null, last.finishedAt),
    replay: await compareWithOriginal(needs, job.replay_of, outputs, outputsDigest),
    entities: [await place(needs, recordOutputs(job, last.result.value, last.finishedAt))],
  };
}

function attemptOf(job: EdgeJob, { result, startedAt, finishedAt }: EdgeAttempt, attempt: number): AttemptOfRun {
  return {
    run_id: job.run_id,
    attempt,
    fence: attempt,
    runner: edgeRunner,
    leased_at: startedAt,
    ended_at: finishedAt,
    outcome: result.ok ? "succeeded" : "failed",
    failure: result.ok ? null : failureOf(result.failure, attempt, finishedAt),
  };
}

function failureOf(what: EdgeFailure, attempt: number, at: string): RunFailure {
  return { ...what, attempt, runner: edgeRunner.name, at };
}

function recordOutputs(job: EdgeJob, data: Record<string, unknown>, at: string): NewEntity {
  return outputEntity({ ...birthOf(job, at), outputIndex: 0, data, files: [] });
}

function recordFailure(job: EdgeJob, failure: RunFailure): NewEntity {
  return failureEntity({ ...birthOf(job, failure.at), failure });
}

function birthOf({ run_id: runId, kind, name, version, digest, input_entity: inputEcsId }: EdgeJob, at: string) {
  const artifact = { kind, name, version, digest };
  return { ecsId: v7(), createdBy: `runner:${edgeRunner.name}`, createdAt: at, artifact, runId, inputEcsId };
}

async function place(needs: EdgeNeeds, entity: NewEntity) {
  const placed = await placeEntity(needs, entity);
  // What a call may return is less than what an entity may hold; only a store that fails is left.
  if (!placed.ok) throw new Error(placed.failure.message);
  return placed.value;
}
