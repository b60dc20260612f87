import type { CallOutcome, CallTask } from "../../../domain/workflow-run/actions.ts";
import { callAgentStep } from "./call-agent-step.ts";
import { callFunction } from "./call-function.ts";
import { callWorkflow } from "./call-workflow.ts";
import { chooseWorkflow } from "./choose-workflow.ts";
import { nameOf } from "./name-of.ts";
import type { OpenRun } from "./open-run.ts";
import { failedAt } from "./step-outcome.ts";

/** Has a step done by who answers to its skill, as the run's plan fixed it. */
export async function callSkill(open: OpenRun, task: CallTask): Promise<CallOutcome> {
  if (task.isChosenNow) {
    const chosen = await chooseWorkflow(open, task);
    return chosen.ok ? callWorkflow(open, task, chosen.value.skill, chosen.value.planDigest) : chosen.failure;
  }
  const skill = open.plan.skills[task.skill];
  if (skill === undefined) {
    const message = `the run's plan has nobody for the skill ${task.skill}`;
    return failedAt(task.startedAt, { class: "permanent", code: "skill_missing", message });
  }
  open.journal.note({ path: task.path, skill: nameOf(skill), attempt: 1 });
  switch (skill.kind) {
    case "function":
    case "template":
      return callFunction(open, task, skill);
    case "workflow":
      return callWorkflow(open, task, skill, open.planDigest);
    case "agent":
      return callAgentStep(open, task, skill);
  }
}
