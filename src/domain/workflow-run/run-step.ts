import { limits } from "../../contract/limits.ts";
import type { Step } from "../../contract/workflow/step.ts";
import type { Interpretation, StepEnd, StepPlace } from "./interpretation.ts";
import { readWhether } from "./read-value.ts";
import { runApproval } from "./run-approval.ts";
import { runCall } from "./run-call.ts";
import { runChoice } from "./run-choice.ts";
import { runContainer } from "./run-container.ts";
import { runMap } from "./run-map.ts";
import { failureOf } from "./step-failures.ts";
import { undoPath } from "./step-paths.ts";
import { StepTale } from "./step-tale.ts";

/** Goes through one step of any type. */
export async function runStep(run: Interpretation, step: Step, place: StepPlace): Promise<StepEnd> {
  const { path, startedAt, deadline } = place;
  if (undoPath(path).length > limits.stepPathLength) return pathTooLong(step, place);
  const tale = new StepTale(run.actions.note, step, place);
  if (deadline !== null && startedAt >= deadline.at) {
    const whose = deadline.of === "run" ? "the workflow" : "what it stands in";
    const failure = failureOf("timed_out", `the timeout of ${whose} was over before it could begin`);
    return tale.fails(failure, startedAt, deadline.of === "run");
  }
  if (step.step_type === "conditional" || step.step_type === "switch") return runChoice(run, step, place, tale);
  if (step.condition !== undefined) {
    const whether = await readWhether(run, place.frame, step.condition);
    if (whether.state !== "read") return tale.cannotRead(whether);
    if (!whether.value) return tale.skips("its condition is false");
  }
  switch (step.step_type) {
    case "approval":
      return runApproval(run, step, place, tale);
    case "parallel":
      return runContainer(run, step, place, tale, "at once");
    case "map":
      return runMap(run, step, place, tale);
    default:
      return "branches" in step ? runContainer(run, step, place, tale, "in turn") : runCall(run, step, place, tale);
  }
}

/** Nothing can be told under such a path: what it stands in fails. */
function pathTooLong(step: Step, { path, startedAt }: StepPlace): StepEnd {
  const message = `the path of step ${step.id} has more than ${limits.stepPathLength} characters: its cases are too long`;
  const at = path.slice(0, path.lastIndexOf("/"));
  return {
    state: "failed",
    failure: failureOf("limit_reached", message),
    step: at,
    isFinal: false,
    finishedAt: startedAt,
  };
}
