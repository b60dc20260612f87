import type { WorkflowDocument } from "../../contract/workflow/document.ts";
import type { StepFailure, WorkflowActions } from "./actions.ts";
import { deadlineAfter } from "./deadline.ts";
import { textsOfDocument } from "./document-texts.ts";
import { Frame } from "./frame.ts";
import type { Interpretation } from "./interpretation.ts";
import { readOutputs } from "./read-outputs.ts";
import { runSteps } from "./run-steps.ts";
import type { SourcedMap } from "./sourced.ts";
import { StepOutputs } from "./step-outputs.ts";
import { timeOf } from "./step-tale.ts";
import { undoSteps } from "./undo-steps.ts";
import type { WorkflowOutcome } from "./workflow-outcome.ts";

/** What a run begins with. */
export interface WorkflowStart {
  /** The data of its input entity, each with its address there. */
  input: SourcedMap;
  /** `startedAt`: milliseconds since 1970. */
  run: { id: string; startedAt: number };
  /** Of the whole, in seconds, where whoever began it gave it less time than the document does. */
  timeoutSeconds?: number | undefined;
}

/**
 * Goes through a workflow's document. All that happens is done by `actions`. It asks for the same, under the same paths and with the same times, whenever they
 * answer the same; in which order they answer does not matter. It rejects only where an action does.
 */
export async function interpretWorkflow(
  document: WorkflowDocument,
  start: WorkflowStart,
  actions: WorkflowActions,
): Promise<WorkflowOutcome> {
  const { startedAt } = start.run;
  const frame = new Frame();
  const run: Interpretation = {
    document,
    actions,
    texts: textsOfDocument(document),
    outputs: new StepOutputs((entity) => actions.load(entity)),
    input: start.input,
    run: { id: start.run.id, started_at: timeOf(startedAt) },
    onError: onErrorOf(document),
    leaves: 0,
    undoable: [],
    goThrough: (steps, list) => runSteps(run, steps, list),
  };
  const deadline = deadlineAfter(start.timeoutSeconds ?? document.error_handling?.timeout, startedAt, "run");
  const list = { paths: "", positions: "", order: "in turn", frame, startedAt, deadline } as const;
  const { failed, finishedAt } = await runSteps(run, document.steps, list);
  if (failed !== null) return fail(run, failed.failure, failed.step, finishedAt);
  const outputs = await readOutputs(run, frame);
  if (!outputs.ok) return fail(run, outputs.failure, null, finishedAt);
  return { state: "succeeded", outputs: outputs.value, finishedAt };
}

async function fail(
  run: Interpretation,
  failure: StepFailure,
  step: string | null,
  finishedAt: number,
): Promise<WorkflowOutcome> {
  const undoneAt = run.onError === "compensate" ? await undoSteps(run, finishedAt) : finishedAt;
  return { state: "failed", failure, step, finishedAt: undoneAt };
}

function onErrorOf({ error_handling }: WorkflowDocument): Interpretation["onError"] {
  const told = error_handling?.on_error ?? "fail";
  return told === "rollback" ? "compensate" : told;
}
