import type { PinnedSkill } from "../../../contract/workflow/plan.ts";

/** Who answers, as steps tell it. */
export function nameOf(skill: PinnedSkill): string {
  const name = `${skill.kind}/${skill.name}@${skill.version}`;
  return skill.kind === "agent" ? `${name}#${skill.skill}` : name;
}
