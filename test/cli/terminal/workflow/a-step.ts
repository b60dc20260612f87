import { type StepState, stepState } from "../../../../src/contract/workflow/step-state.ts";
import { at } from "../../runs/a-run.ts";

/** A step of a run that is valid as it is; a test says what matters to it. */
export function aStep(path: string, state: StepState["state"] = "succeeded", more: object = {}): StepState {
  const begun = state === "skipped" ? null : at(1);
  return stepState.parse({
    path,
    id: path.replace(/^.*\//, "").replace(/[^a-z0-9_].*$/, ""),
    type: "sequential",
    position: path,
    state,
    skill: "template/image_denoising@1.0.0",
    run: null,
    attempt: begun === null ? 0 : 1,
    started_at: begun,
    finished_at: state === "running" || state === "waiting" ? null : at(3.5),
    reason: null,
    failure: null,
    input_entity: null,
    output_entity: null,
    approval: null,
    items: null,
    branch: null,
    ...more,
  });
}

/** Steps by their paths. */
export function statesOf(...steps: StepState[]): Map<string, StepState> {
  return new Map(steps.map((step) => [step.path, step]));
}

/** What a step asks. */
export function aQuestion(more: object = {}) {
  return { message: "Send them?", approvers: null, until: null, answer: null, ...more };
}
