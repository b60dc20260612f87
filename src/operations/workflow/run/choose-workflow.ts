import { type Result, refusal, success } from "../../../domain/result.ts";
import type { CallOutcome, CallTask } from "../../../domain/workflow-run/actions.ts";
import { type ChosenPlan, makePlanOf } from "../make-plan.ts";
import { nameOf } from "./name-of.ts";
import type { OpenRun } from "./open-run.ts";
import { refusedStep } from "./refused-step.ts";

/** Looks up a workflow that an expression chose: only now is it known, so only now it is fixed. */
export async function chooseWorkflow(open: OpenRun, task: CallTask): Promise<Result<ChosenPlan, CallOutcome>> {
  const { needs, steps, journal } = open;
  type Kept = { chosen: ChosenPlan } | { failed: CallOutcome };
  const kept = await steps.do(`${task.path} skill`, async (): Promise<Kept> => {
    const made = await makePlanOf(needs, task.skill);
    return made.ok ? { chosen: made.value } : { failed: refusedStep(made.failure, needs.now().getTime()) };
  });
  if ("failed" in kept) return refusal(kept.failed);
  journal.note({ path: task.path, skill: nameOf(kept.chosen.skill), attempt: 1 });
  return success(kept.chosen);
}
