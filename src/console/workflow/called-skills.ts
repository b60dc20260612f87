import { listWorkflowSkills } from "../../contract/http/workflows.ts";
import type { CalledSkill, SkillPin } from "../../contract/workflow/locked-skill.ts";
import type { Registry } from "../open-registry.ts";
import { type Child, element } from "../parts/element.ts";
import { told } from "../parts/failure-panel.ts";
import { candidateLink } from "../skill/candidate-link.ts";

/** The skills that a workflow calls: who answers to each now, and who did when it was published, where that is another. */
export function calledSkills(registry: Registry, reference: string, left: AbortSignal): HTMLElement {
  const list = element("ul", { class: "called-skills" });
  const section = element("section", {}, element("h2", {}, "Skills that it calls"), list);

  async function load(): Promise<void> {
    try {
      const { skills } = await registry.client.call(listWorkflowSkills, { params: { reference }, signal: left });
      list.replaceChildren(...skills.map(skillItem));
      if (skills.length === 0) list.replaceWith(element("p", { class: "quiet" }, "None."));
    } catch (failure) {
      if (!left.aborted)
        list.replaceWith(element("p", { class: "quiet" }, `They are not known now: ${told(failure).detail}`));
    }
  }

  void load();
  return section;
}

function skillItem({ skill, steps, published, now }: CalledSkill): HTMLElement {
  return element(
    "li",
    {},
    element("code", {}, skill),
    now === null ? element("span", { class: "badge badge-unresolved" }, "nobody answers yet") : pinText(now),
    published !== null && !isSame(published, now)
      ? element("span", { class: "quiet" }, "when it was published: ", pinText(published))
      : null,
    element("span", { class: "quiet" }, steps.length === 1 ? `in step ${steps[0]}` : `in ${steps.length} steps`),
  );
}

function pinText(pin: SkillPin): HTMLElement {
  const parts: Child[] = pin.skill === null ? [] : [` as ${pin.skill}`];
  return element("span", {}, candidateLink(pin), ...parts);
}

function isSame(one: SkillPin, other: SkillPin | null): boolean {
  return other !== null && one.digest === other.digest && one.skill === other.skill;
}
