import { errorAt, type Finding } from "../template/check-finding.ts";
import type { FlowStep } from "./data-flow.ts";
import type { ExpressionSite } from "./sites-of-step.ts";
import { stepsAround, type WorkflowFacts } from "./workflow-facts.ts";

/** Why a step that there is cannot be read at a place, and what would help. */
export function whyUnseen(facts: WorkflowFacts, site: ExpressionSite, target: FlowStep): Finding {
  const { path, step } = site;
  const { id } = target;
  if (step !== null && target.path === step.path) {
    const message = `steps.${id} is this step itself: its outputs are there only once it has run`;
    return errorAt("step_itself", path, message, "read an earlier step");
  }
  const mine = stepsAround(facts, step);
  const theirs = stepsAround(facts, target);
  if (mine.some((around) => around.path === target.path)) {
    const message = `this step stands inside of ${id}, whose outputs are there only once all inside it has run`;
    return errorAt("step_later", path, message, "read the steps before it by their own ids");
  }
  if (step !== null && theirs.some((around) => around.path === step.path)) {
    const message = `${id} stands inside of ${step.id}, and runs only after this is evaluated`;
    return errorAt("step_later", path, message, "read an earlier step");
  }
  const parting = theirs.findIndex((around, at) => !isSame(around, mine[at]));
  const at = parting < 0 ? theirs.length : parting;
  const [there, here] = [theirs[at], mine[at]];
  if (there !== undefined && here !== undefined && there.path === here.path) {
    const message = `${id} stands under ${there.branch}, and this under ${here.branch}: only one of them is gone through`;
    return errorAt("step_other_branch", path, message, "read it after both, with has()");
  }
  const common = theirs[at - 1];
  if (common !== undefined && kindAt(facts, common.path) === "parallel") {
    const message = `${id} runs at the same time as this: nobody knows which is done first`;
    const suggestion = `put this step after ${idAt(facts, common.path)}, or make the two one step of type sequential`;
    return errorAt("step_beside", path, message, suggestion);
  }
  const map = theirs.slice(at).find((around) => kindAt(facts, around.path) === "map");
  if (map !== undefined && site.sees.has(idAt(facts, map.path))) {
    const mapId = idAt(facts, map.path);
    const message = `${id} runs once for each item of ${mapId}: from outside of it, no single one of them can be meant`;
    return errorAt("step_in_map", path, message, `read steps.${mapId}.outputs: the list of what its last step gave`);
  }
  return errorAt("step_later", path, `steps.${id} is read, and runs later than this`, `move ${id} before it`);
}

type Around = ReturnType<typeof stepsAround>[number];

function isSame(one: Around, other: Around | undefined): boolean {
  return other !== undefined && one.path === other.path && one.branch === other.branch;
}

function kindAt(facts: WorkflowFacts, path: string): FlowStep["kind"] | undefined {
  return facts.placed.get(path)?.kind;
}

function idAt(facts: WorkflowFacts, path: string): string {
  return facts.placed.get(path)?.id ?? path;
}
