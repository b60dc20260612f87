import { v7 } from "uuid";
import type { AttemptOfRun, RunEnding } from "../../bindings/d1/run/run-transitions.ts";
import type { RunnerOfRun } from "../../contract/run/run.ts";
import type { RunFailure } from "../../contract/run/run-failure.ts";
import type { Job } from "../../contract/runner/job.ts";
import { canonicalDigest } from "../../domain/document/canonical-digest.ts";
import { copyJson } from "../../domain/document/json-value.ts";
import { failureEntity, outputEntity } from "../../domain/entity/make-entity.ts";
import type { NewEntity } from "../../domain/entity/new-entity.ts";
import type { Result } from "../../domain/result.ts";
import { progressOfSuccess } from "../../domain/run/overall-progress.ts";
import { placeEntity } from "../entity/place-entity.ts";
import { compareWithOriginal } from "../pool/ending/compare-with-original.ts";
import type { RunNeeds } from "./run-needs.ts";

type Needs = Pick<RunNeeds, "db" | "blobs" | "now">;
type InPlaceFailure = Pick<RunFailure, "class" | "code" | "message" | "detail">;

/** One attempt at a run that no pool's runner did, and what came of it. */
export interface InPlaceAttempt {
  startedAt: string;
  finishedAt: string;
  /** That it took. */
  seconds: number;
  result: Result<Record<string, unknown>, InPlaceFailure>;
}

/** Where such runs are done, as they tell it: the name stands for runner and device. */
export type InPlace = "edge" | "agent";

/** What the end of a run writes: its output or failure entity, its attempts, its row. The last attempt decides. */
export async function inPlaceEnding(
  needs: Needs,
  job: Job,
  place: InPlace,
  attempts: readonly InPlaceAttempt[],
): Promise<RunEnding> {
  const runner: RunnerOfRun = { id: place, name: place, device: null };
  const last = attempts.at(-1);
  if (last === undefined) throw new Error(`run ${job.run_id} has no attempt`);
  const common = {
    runId: job.run_id,
    fence: attempts.length,
    attempt: attempts.length,
    runner,
    startedAt: last.startedAt,
    finishedAt: last.finishedAt,
    attempts: attempts.map((attempt, at) => attemptOf(job, runner, attempt, at + 1)),
  };
  if (!last.result.ok) {
    const failure = failureOf(last.result.failure, runner, attempts.length, last.finishedAt);
    const entity = await placed(needs, failureEntity({ ...birthOf(job, runner, failure.at), failure }));
    return { ...common, state: "failed", failure, entity };
  }
  const outputs = [last.result.value];
  const outputsDigest = canonicalDigest(copyJson(outputs));
  return {
    ...common,
    state: "succeeded",
    deviceClass: place,
    runSeconds: last.seconds,
    outputsDigest,
    progress: progressOfSuccess(null, last.finishedAt),
    replay: await compareWithOriginal(needs, job.replay_of, outputs, outputsDigest),
    entities: [await placed(needs, recordOutputs(job, runner, last.result.value, last.finishedAt))],
  };
}

function attemptOf(
  job: Job,
  runner: RunnerOfRun,
  { result, startedAt, finishedAt }: InPlaceAttempt,
  attempt: number,
): AttemptOfRun {
  return {
    run_id: job.run_id,
    attempt,
    fence: attempt,
    runner,
    leased_at: startedAt,
    ended_at: finishedAt,
    outcome: result.ok ? "succeeded" : "failed",
    failure: result.ok ? null : failureOf(result.failure, runner, attempt, finishedAt),
  };
}

function failureOf(what: InPlaceFailure, runner: RunnerOfRun, attempt: number, at: string): RunFailure {
  return { ...what, attempt, runner: runner.name, at };
}

function recordOutputs(job: Job, runner: RunnerOfRun, data: Record<string, unknown>, at: string): NewEntity {
  return outputEntity({ ...birthOf(job, runner, at), outputIndex: 0, data, files: [] });
}

function birthOf(
  { run_id: runId, kind, name, version, digest, input_entity: inputEcsId }: Job,
  runner: RunnerOfRun,
  at: string,
) {
  const artifact = { kind, name, version, digest };
  return { ecsId: v7(), createdBy: `runner:${runner.name}`, createdAt: at, artifact, runId, inputEcsId };
}

async function placed(needs: Needs, entity: NewEntity) {
  const row = await placeEntity(needs, entity);
  // What a call may return is no more than what an entity may hold; only a store that fails is left.
  if (!row.ok) throw new Error(row.failure.message);
  return row.value;
}
