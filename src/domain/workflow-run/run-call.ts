import { limits } from "../../contract/limits.ts";
import type { CallStep } from "../../contract/workflow/step.ts";
import type { CallOutcome, StepFailure } from "./actions.ts";
import { type Deadline, deadlineOfStep } from "./deadline.ts";
import type { Interpretation, StepEnd, StepPlace } from "./interpretation.ts";
import { readTask } from "./read-task.ts";
import { retryOfStep } from "./retry-of-step.ts";
import { failureOf } from "./step-failures.ts";
import { underName } from "./step-result.ts";
import type { StepTale } from "./step-tale.ts";

/** Has a step's skill called. */
export async function runCall(run: Interpretation, step: CallStep, place: StepPlace, tale: StepTale): Promise<StepEnd> {
  const task = await readTask(run, place.frame, step);
  if (task.state !== "read") return tale.cannotRead(task);
  const full = beginLeaf(run);
  if (full !== null) return tale.fails(full, place.startedAt, true);
  const { path, startedAt } = place;
  const deadline = deadlineOfStep(place.deadline, step.timeout, startedAt);
  const retry = retryOfStep(step.retry, run.document.error_handling);
  tale.begins("running");
  const outcome = await run.actions.call({
    ...task.value,
    path,
    retry,
    startedAt,
    deadline: deadline?.at ?? null,
    isUntimed: deadline?.of !== "step",
  });
  const finishedAt = Math.max(startedAt, outcome.finishedAt);
  if (outcome.state === "failed") return tale.fails(outcome.failure, finishedAt, isOutOfTime(outcome, deadline));
  run.outputs.keep(outcome.entity, outcome.outputs);
  if (step.compensate !== undefined) run.undoable.push({ step, place, finishedAt });
  const result = underName(step.outputs, { kind: "entity", ecsId: outcome.entity });
  const more = { output_entity: outcome.entity, ...(outcome.isKept === true ? { state: "kept" as const } : {}) };
  return tale.ends({ state: "succeeded", result, finishedAt }, more);
}

/** Counts a call or a question; refused when the run has had all that it may have. */
export function beginLeaf(run: Pick<Interpretation, "leaves">): StepFailure | null {
  run.leaves += 1;
  if (run.leaves <= limits.stepsPerRun) return null;
  const message = `the run has made ${limits.stepsPerRun} calls, and may make no more: leave the rest to workflows that it calls`;
  return failureOf("limit_reached", message);
}

/** Whether the time of the whole run is over, and not only the step's. */
function isOutOfTime({ failure, finishedAt }: CallOutcome & { state: "failed" }, deadline: Deadline | null): boolean {
  return deadline !== null && deadline.of === "run" && failure.code === "timed_out" && finishedAt >= deadline.at;
}
