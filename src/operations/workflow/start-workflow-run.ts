import type { KeyedRequest } from "../../bindings/d1/run/idempotency-keys.ts";
import { insertWorkflowRun } from "../../bindings/d1/workflow/insert-workflow-run.ts";
import type { Failure } from "../../contract/failure.ts";
import type { ParentStep } from "../../contract/run/run.ts";
import type { Labels, RunRequest } from "../../contract/run/run-request.ts";
import type { PinnedSkill } from "../../contract/workflow/plan.ts";
import type { ResolvedValues } from "../../domain/entity/borrow-values.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import { type CreatedRun, winnerOf } from "../run/create-once.ts";
import { describeRun } from "../run/describe-run.ts";
import { newRunRow } from "../run/prepared-run.ts";
import { readRun } from "../run/read-run.ts";
import type { RunNeeds } from "../run/run-needs.ts";
import { loadPlan } from "./load-plan.ts";
import { keepPlan, placePlan } from "./place-plan.ts";
import { prepareWorkflowRun } from "./prepare-workflow-run.ts";

/** A run of a workflow to be begun. */
export interface StartWorkflow {
  /** Making the same id twice makes one run. */
  runId: string;
  createdAt: string;
  /** What the plan fixed. */
  skill: Extract<PinnedSkill, { kind: "workflow" }>;
  planDigest: string;
  /** 1, and one more for each workflow that it is called by. */
  depth: number;
  /** The inputs, references resolved, and where they came from. */
  given: ResolvedValues;
  labels: Labels;
  /** For the runs of its steps. */
  wishes: Pick<RunRequest, "pool" | "priority" | "runner_labels">;
  /** Of the whole; null where only the document says one, or none. */
  timeoutSeconds: number | null;
  by: string;
  parent: ParentStep | null;
  /** The run whose results it goes on from, and the path of the step that it begins with. */
  retryOf: { run: string; from: string } | null;
  /** The run that it repeats from its beginning, to compare the outputs. */
  replayOf?: string | null;
  keyed: KeyedRequest | null;
}

/** A sweep that removes a plan's bytes is through in a moment. */
const pausesMs = [50, 200, 500, 1000];

/**
 * Begins a run of a workflow by its plan: inputs checked, recorded in one D1 batch, its instance started. What is recorded is never lost: where
 * the instance cannot be started now, cron does it.
 */
export async function startWorkflowRun(needs: RunNeeds, start: StartWorkflow): Promise<Result<CreatedRun, Failure>> {
  const plan = await loadPlan(needs.blobs, start.planDigest);
  const placed = { digest: start.planDigest, plan };
  const prepared = await prepareWorkflowRun(needs, plan, start);
  if (!prepared.ok) return prepared;
  const { job, inputEntity } = prepared.value;
  const row = {
    ...newRunRow(prepared.value),
    retry_of: start.retryOf?.run ?? null,
    retry_from: start.retryOf?.from ?? null,
  };
  for (const pauseMs of pausesMs) {
    const made = await insertWorkflowRun(needs.db, { row, job, inputEntity, keyed: start.keyed }, start);
    switch (made) {
      case "made":
        await keepPlan(needs.blobs, placed);
        await startInstance(needs, row.id);
        return success({ run: describeRun({ row, attempts: [], outputs: [] }, { from: "nobody" }), isRepeated: false });
      case "known": {
        await startInstance(needs, row.id);
        const run = await readRun(needs, row.id);
        return run.ok ? success({ run: run.value, isRepeated: true }) : run;
      }
      case "key_taken":
        return winnerOf(needs, start.keyed);
      case "parent_ended":
        return refusal({
          code: "RUN_ENDED",
          message: `run ${row.parent_run} has ended, so nothing more is begun for it`,
        });
      case "plan_going":
        await scheduler.wait(pauseMs);
        await placePlan(needs.blobs, plan);
    }
  }
  return refusal({
    code: "UNAVAILABLE",
    message: "what the run names was being removed as unused when it was named again; ask again",
    retryAfterSeconds: 2,
  });
}

/** The run is recorded whatever comes of this: a sweep starts what has no instance. */
async function startInstance({ workflows }: RunNeeds, runId: string): Promise<void> {
  try {
    await workflows.start(runId);
  } catch (error) {
    console.warn(JSON.stringify({ level: "warn", start_instance: runId, error: String(error) }));
  }
}
