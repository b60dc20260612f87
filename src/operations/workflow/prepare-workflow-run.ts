import { v7 } from "uuid";
import type { Failure } from "../../contract/failure.ts";
import { limits } from "../../contract/limits.ts";
import type { JobFile } from "../../contract/runner/job.ts";
import type { Inputs } from "../../contract/template/document.ts";
import type { WorkflowDocument } from "../../contract/workflow/document.ts";
import type { WorkflowPlan } from "../../contract/workflow/plan.ts";
import { inputEntity } from "../../domain/entity/make-entity.ts";
import { type Result, success } from "../../domain/result.ts";
import { durationSeconds } from "../../domain/workflow/duration-seconds.ts";
import { checkGivenInputs } from "../artifact/check-given-inputs.ts";
import { filesAmong } from "../entity/files-among.ts";
import { placeEntity } from "../entity/place-entity.ts";
import { checkFiles } from "../file/check-files.ts";
import { jobWithoutRunner } from "../run/job-without-runner.ts";
import { workflowPool } from "../run/no-pool.ts";
import { refuseFiles } from "../run/prepare-run.ts";
import type { PreparedRun } from "../run/prepared-run.ts";
import type { RunNeeds } from "../run/run-needs.ts";
import type { StartWorkflow } from "./start-workflow-run.ts";

const defaultPriority = 5;

/** Checks the inputs of a run of a workflow, and makes its job and input entity. */
export async function prepareWorkflowRun(
  needs: Pick<RunNeeds, "db" | "blobs" | "now">,
  plan: WorkflowPlan,
  start: StartWorkflow,
): Promise<Result<PreparedRun, Failure>> {
  const { name, version, digest } = start.skill;
  const document = plan.documents[`${name}@${version}`];
  if (document === undefined) throw new Error(`the plan ${start.planDigest} lacks ${name}@${version}`);
  const declared = document.inputs ?? null;
  const checked = checkGivenInputs({ name, version }, declared, start.given.values);
  if (!checked.ok) return checked;
  const inputs = checked.value;
  const found = await filesOf(needs, { name, version }, declared, inputs);
  if (!found.ok) return found;
  const entity = inputEntity({
    ecsId: v7(),
    createdAt: start.createdAt,
    createdBy: start.by,
    artifact: { kind: "workflow", name, version, digest },
    data: inputs,
    attributeSource: start.given.attributeSource,
    borrowed: start.given.borrowed,
    files: found.value.digests,
  });
  const placed = await placeEntity(needs, entity);
  if (!placed.ok) return placed;
  return success({
    labels: start.labels,
    createdBy: start.by,
    inputEntity: placed.value,
    job: jobWithoutRunner({
      run_id: start.runId,
      kind: "workflow",
      name,
      version,
      digest,
      // A workflow inherits nothing: flattened it is the same document.
      flattened_digest: digest,
      pool: workflowPool,
      priority: start.wishes.priority ?? defaultPriority,
      created_at: start.createdAt,
      timeout_seconds: timeoutOf(document, start.timeoutSeconds),
      max_attempts: 1,
      inputs,
      inputEntity: placed.value,
      // What the runs of its steps are asked for with.
      parameters: start.wishes,
      files: found.value.files,
      replay_of: start.replayOf ?? null,
      parent: start.parent,
    }),
  });
}

async function filesOf(
  needs: Pick<RunNeeds, "db">,
  of: { name: string; version: string },
  declared: Inputs | null,
  inputs: Record<string, unknown>,
): Promise<Result<{ files: JobFile[]; digests: string[] }, Failure>> {
  if (declared === null) return success({ files: [], digests: await filesAmong(needs.db, inputs) });
  const files = await checkFiles(needs, declared, inputs);
  if (!files.ok) return refuseFiles(of, files.failure);
  return success({ files: files.value, digests: files.value.map((file) => file.digest) });
}

/** The shorter of what the request says and what the document says, in whole seconds. */
function timeoutOf({ error_handling }: WorkflowDocument, asked: number | null): number {
  const own = error_handling?.timeout;
  const seconds = own === undefined ? limits.workflowTimeoutSeconds : Math.ceil(durationSeconds(own));
  return Math.min(seconds, asked ?? limits.workflowTimeoutSeconds);
}
