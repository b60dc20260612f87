import { v7 } from "uuid";
import { defaultPool } from "../../bindings/durable/runner-pool.ts";
import type { Failure } from "../../contract/failure.ts";
import type { Issue } from "../../contract/issue.ts";
import { limits } from "../../contract/limits.ts";
import type { ParentStep } from "../../contract/run/run.ts";
import type { Labels, RunRequest } from "../../contract/run/run-request.ts";
import type { ResolvedValues } from "../../domain/entity/borrow-values.ts";
import { inputEntity } from "../../domain/entity/make-entity.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import { clashingLabels } from "../../domain/run/job-needs.ts";
import { placeEntity } from "../entity/place-entity.ts";
import { resolveReferences } from "../entity/resolve-references.ts";
import { checkFiles } from "../file/check-files.ts";
import type { PreparedRun } from "./prepared-run.ts";
import type { RunNeeds } from "./run-needs.ts";
import type { Runnable } from "./runnable.ts";

const defaults = { priority: 5, timeoutSeconds: 600, maxAttempts: 3 } as const;

/** A run that does a step of a workflow: its id, and its inputs as the workflow made them, with where they came from. */
export interface StepRun {
  runId: string;
  parent: ParentStep;
  resolved: ResolvedValues;
}

/** Checks a request for a run and makes its job and input entity: references resolved, inputs and files checked, needs known. */
export async function prepareRun(
  needs: Pick<RunNeeds, "db" | "blobs" | "asker" | "now">,
  runnable: Runnable,
  request: RunRequest,
  by: string,
  as: StepRun | null = null,
): Promise<Result<PreparedRun, Failure>> {
  const runnerLabels = labelsOfRunner(runnable, request);
  if (!runnerLabels.ok) return runnerLabels;
  const resolved = as === null ? await resolveReferences(needs, request.inputs) : success(as.resolved);
  if (!resolved.ok) return resolved;
  const checked = runnable.check(resolved.value.values);
  if (!checked.ok) return checked;
  const { inputs, resources, quality, parameters } = checked.value;
  const files = await checkFiles(needs, runnable.inputs, inputs);
  if (!files.ok) return refuseFiles(runnable, files.failure);

  const createdAt = needs.now().toISOString();
  const runId = as?.runId ?? v7();
  const entity = inputEntity({
    ecsId: v7(),
    createdAt,
    createdBy: by,
    artifact: { kind: runnable.kind, name: runnable.name, version: runnable.version, digest: runnable.digest },
    data: inputs,
    attributeSource: resolved.value.attributeSource,
    borrowed: resolved.value.borrowed,
    files: files.value.map((file) => file.digest),
  });
  const placed = await placeEntity(needs, entity);
  if (!placed.ok) return placed;
  const inputsDigest = placed.value.data_digest;
  return success({
    labels: request.labels ?? {},
    createdBy: by,
    inputEntity: placed.value,
    job: {
      run_id: runId,
      kind: runnable.kind,
      name: runnable.name,
      version: runnable.version,
      digest: runnable.digest,
      flattened_digest: runnable.flattenedDigest,
      pool: request.pool ?? runnable.pool ?? defaultPool,
      priority: request.priority ?? defaults.priority,
      created_at: createdAt,
      needs: runnable.needs(resources, runnerLabels.value),
      handler: runnable.handler,
      source: runnable.source,
      stages: runnable.stages,
      estimated_seconds: resources.estimated_time_seconds ?? null,
      timeout_seconds: request.timeout_seconds ?? runnable.timeoutSeconds ?? defaults.timeoutSeconds,
      max_attempts: request.max_attempts ?? runnable.maxAttempts ?? defaults.maxAttempts,
      inputs: inputsDigest === null ? inputs : null,
      inputs_digest: inputsDigest,
      input_entity: entity.ecsId,
      parameters,
      quality,
      files: files.value,
      replay_of: null,
      parent: as?.parent ?? null,
    },
  });
}

/** A request adds labels to those that the artifact asks for; it cannot take one back. */
function labelsOfRunner(runnable: Runnable, request: RunRequest): Result<Labels, Failure> {
  const asked = request.runner_labels ?? {};
  const own = runnable.runnerLabels;
  const [key] = clashingLabels(own, asked);
  if (key !== undefined) {
    const message = `runner_labels asks for ${key}=${asked[key]}, but ${runnable.name}@${runnable.version} itself asks for ${key}=${own[key]}: no runner is both; leave ${key} out`;
    return refusal({ code: "INVALID_REQUEST", message });
  }
  const all = { ...own, ...asked };
  const count = Object.keys(all).length;
  if (count <= limits.labels) return success(all);
  const message = `${count} labels are asked of the runner, those of ${runnable.name} included; ${limits.labels} are the most`;
  return refusal({ code: "INVALID_REQUEST", message });
}

/** When files are missing and nothing else is wrong, sending them is all there is to do, and the code says so. */
export function refuseFiles(of: { name: string; version: string }, issues: Issue[]): Result<never, Failure> {
  const isMissing = issues.every((issue) => issue.code === "file_not_found");
  const [first] = issues;
  const told = first === undefined ? "a file does not fit" : `${first.path || "inputs"}: ${first.message}`;
  const more = issues.length > 1 ? `; ${issues.length} findings in all` : "";
  return refusal({
    code: isMissing ? "FILE_NOT_FOUND" : "INVALID_INPUTS",
    message: `the inputs do not fit ${of.name}@${of.version}: ${told}${more}`,
    issues: issues.slice(0, limits.issues),
    ...(issues.length > limits.issues ? { issueCount: issues.length } : {}),
  });
}
