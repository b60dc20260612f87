import type { Success } from "../../../bindings/d1/run/run-transitions.ts";
import type { ResultReport } from "../../../contract/runner/from-runner.ts";
import type { Field } from "../../../contract/template/field.ts";
import { canonicalDigest } from "../../../domain/document/canonical-digest.ts";
import { copyJson } from "../../../domain/document/json-value.ts";
import { outputEntity } from "../../../domain/entity/make-entity.ts";
import { fileValues } from "../../../domain/file/file-values.ts";
import { type Result, success } from "../../../domain/result.ts";
import { progressOfSuccess } from "../../../domain/run/overall-progress.ts";
import { placeEntity } from "../../entity/place-entity.ts";
import { isoTime } from "../iso-time.ts";
import { declaredOutputs } from "../lease/declared-outputs.ts";
import type { LeasedJob, OpenPool } from "../open-pool.ts";
import { lastAttempts } from "../telling/note-mirror.ts";
import { compareWithOriginal } from "./compare-with-original.ts";
import { badOutputs, readOutputs, type WrongOutputs } from "./read-outputs.ts";

/** What a success writes: its output entities, the attempt and the run; or what is wrong with the outputs. */
export async function prepareSuccess(
  pool: OpenPool,
  leased: LeasedJob,
  report: ResultReport,
): Promise<Result<Success, WrongOutputs>> {
  const { job, fence, attempt, runner } = leased;
  const declared = await declaredOutputs(pool, job.flattened_digest);
  const outputs = await readOutputs(pool, declared, report);
  if (!outputs.ok) return outputs;
  const finishedAt = isoTime(pool.nowMs());
  const entities: Success["entities"] = [];
  for (const [index, values] of outputs.value.entries()) {
    const entity = entityOf(pool, leased, { values, index, declared, at: finishedAt });
    const placed = await placeEntity({ ...pool, now: () => new Date(pool.nowMs()) }, entity);
    // Bytes that a sweep was removing at this very moment: the outputs are sound, and the next try finds them whole.
    if (!placed.ok && placed.failure.code === "UNAVAILABLE") throw new Error(placed.failure.message);
    if (!placed.ok) return badOutputs(placed.failure.message, placed.failure.issues ?? []);
    entities.push(placed.value);
  }
  const outputsDigest = canonicalDigest(copyJson(outputs.value));
  return success({
    state: "succeeded",
    runId: job.run_id,
    fence,
    attempt,
    runner,
    startedAt: isoTime(leased.startedAtMs ?? leased.leasedAtMs),
    finishedAt,
    attempts: lastAttempts(pool, leased, { outcome: "succeeded", at: finishedAt, failure: null }),
    deviceClass: leased.deviceClass,
    runSeconds: report.run_seconds,
    outputsDigest,
    progress: progressOfSuccess(leased.progress, finishedAt),
    replay: await compareWithOriginal(pool, job.replay_of, outputs.value, outputsDigest),
    entities,
  });
}

function entityOf(
  pool: OpenPool,
  { job, runner }: LeasedJob,
  output: { values: Record<string, unknown>; index: number; declared: Record<string, Field>; at: string },
) {
  const files = fileValues(output.declared, output.values).flatMap(({ value }) =>
    typeof value === "string" ? [value] : [],
  );
  return outputEntity({
    ecsId: pool.newId(),
    createdBy: `runner:${runner.name}`,
    createdAt: output.at,
    artifact: { kind: job.kind, name: job.name, version: job.version, digest: job.digest },
    runId: job.run_id,
    outputIndex: output.index,
    inputEcsId: job.input_entity,
    data: output.values,
    files: [...new Set(files)],
  });
}
