import { factBadge } from "../parts/badge.ts";
import { type Child, element } from "../parts/element.ts";
import { fact } from "../parts/fact.ts";
import { valueText } from "../parts/value-text.ts";
import type { SkillFinder } from "../skill/skill-finder.ts";
import { stepSkill } from "../skill/step-skill.ts";
import { countSteps, type ReadBranch, type ReadStep, skillOf } from "./read-steps.ts";
import { conditionText, loopText } from "./step-words.ts";

/** Steps in their order, each with the branches inside of it: lists in lists, whose branches can be closed. */
export function stepList(finder: SkillFinder, steps: readonly ReadStep[], left: AbortSignal): HTMLElement {
  return element("ol", { class: "steps" }, ...steps.map((step) => stepItem(finder, step, left)));
}

function stepItem(finder: SkillFinder, step: ReadStep, left: AbortSignal): HTMLElement {
  return element(
    "li",
    { class: `step step-${step.type}` },
    element(
      "div",
      { class: "step-head" },
      element("code", { class: "step-id" }, step.id),
      step.type === "sequential" ? null : factBadge(step.type, `step_type: ${step.type}`),
      skillText(finder, step, left),
      conditionText(step),
      loopText(step),
    ),
    step.description === null ? null : element("p", {}, step.description),
    settingList(step),
    step.branches.length === 0
      ? null
      : element(
          "div",
          { class: `branches branches-${step.type}` },
          ...step.branches.map((branch) => branchBox(finder, branch, left)),
        ),
  );
}

function skillText(finder: SkillFinder, step: ReadStep, left: AbortSignal): Child {
  if (step.skill === null) return null;
  const skill = skillOf(step);
  if (skill !== null) return stepSkill(finder, skill, left);
  return element(
    "span",
    { class: "step-skill" },
    element("code", {}, step.skill),
    element("span", { class: "answering" }, "which one is known only when it runs"),
  );
}

function settingList({ id, inputs, settings }: ReadStep): HTMLElement | null {
  if (inputs.length === 0 && settings.length === 0) return null;
  return element(
    "dl",
    { class: "facts step-facts" },
    ...inputs.flatMap(([name, value]) => fact(name, valueText(`input ${name} of ${id}`, value))),
    ...settings.flatMap(([key, value]) => settingFact(id, key, value)),
  );
}

/** Inputs are named by the author, settings by us: these are told in italics. */
function settingFact(id: string, key: string, value: unknown): HTMLElement[] {
  return [
    element("dt", { class: "setting" }, key.replaceAll("_", " ")),
    element("dd", {}, valueText(`${key} of ${id}`, value)),
  ];
}

function branchBox(finder: SkillFinder, { label, steps }: ReadBranch, left: AbortSignal): HTMLElement {
  const count = countSteps(steps);
  const title = element("strong", {}, label);
  if (count === 0) return element("p", { class: "branch" }, title, " · nothing is done");
  return element(
    "details",
    { class: "branch", open: true },
    element("summary", {}, title, ` · ${count} ${count === 1 ? "step" : "steps"}`),
    stepList(finder, steps, left),
  );
}
