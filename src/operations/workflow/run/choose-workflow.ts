import type { Failure } from "../../../contract/failure.ts";
import type { PinnedSkill } from "../../../contract/workflow/plan.ts";
import { type Result, refusal, success } from "../../../domain/result.ts";
import type { CallOutcome, CallTask } from "../../../domain/workflow-run/actions.ts";
import { makePlan } from "../make-plan.ts";
import { readWorkflow } from "../read-workflow.ts";
import { resolveSkills } from "../resolve-skills.ts";
import type { EngineNeeds } from "./engine-needs.ts";
import { nameOf } from "./name-of.ts";
import type { OpenRun } from "./open-run.ts";
import { refusedStep } from "./refused-step.ts";

/** A workflow, and the plan by which it runs. */
export interface ChosenWorkflow {
  skill: Extract<PinnedSkill, { kind: "workflow" }>;
  planDigest: string;
}

/** Looks up a workflow that an expression chose: only now is it known, so only now it is fixed. */
export async function chooseWorkflow(open: OpenRun, task: CallTask): Promise<Result<ChosenWorkflow, CallOutcome>> {
  const { needs, steps, journal } = open;
  type Kept = { chosen: ChosenWorkflow } | { failed: CallOutcome };
  const kept = await steps.do(`${task.path} skill`, async (): Promise<Kept> => {
    const made = await planOf(needs, task.skill);
    return made.ok ? { chosen: made.value } : { failed: refusedStep(made.failure, needs.now().getTime()) };
  });
  if ("failed" in kept) return refusal(kept.failed);
  journal.note({ path: task.path, skill: nameOf(kept.chosen.skill), attempt: 1 });
  return success(kept.chosen);
}

async function planOf(needs: EngineNeeds, text: string): Promise<Result<ChosenWorkflow, Failure>> {
  const found = (await resolveSkills(needs, [text])).get(text);
  if (found === undefined) throw new Error(`nobody looked for ${text}`);
  if (!found.ok) return found;
  const { pin: skill, flattenedDigest } = found.value;
  if (skill.kind !== "workflow") throw new Error(`${text} is no workflow`);
  const { document } = await readWorkflow(needs.blobs, flattenedDigest);
  if (document === null) {
    const message = `workflow ${skill.name}@${skill.version} was published before today's rules and cannot run: publish a new version of it`;
    return refusal({ code: "SKILL_NOT_FOUND", message });
  }
  const plan = await makePlan(needs, { name: skill.name, version: skill.version, document });
  return plan.ok ? success({ skill, planDigest: plan.value.digest }) : plan;
}
