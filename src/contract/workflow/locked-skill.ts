import { z } from "zod";
import { skillId } from "../agent/skill.ts";
import { digest } from "../artifact/digest.ts";
import { artifactKind } from "../artifact/kind.ts";
import { version } from "../artifact/version.ts";
import { stepId } from "./step.ts";

/** Who answers to a skill. `skill`: the id that an agent has for it; null for who is no agent. */
export const skillPin = z
  .object({ kind: artifactKind, name: z.string(), version, digest, skill: skillId.nullable() })
  .meta({ id: "SkillPin" });
export type SkillPin = z.infer<typeof skillPin>;

/** A skill that a workflow calls, and who answered to it when the workflow was published; null when nobody did. */
export interface LockedSkill {
  skill: string;
  pin: SkillPin | null;
}

/** The same as it is told. */
export const calledSkill = z
  .object({
    /** As the document writes it; `workflow/NAME@…` for an `execute_workflow` that says which. */
    skill: z.string(),
    /** Ids of the steps that call it, or that it undoes. */
    steps: z.array(stepId),
    /** Who answered when the workflow was published; null when nobody did. */
    published: skillPin.nullable(),
    /** Who answers now: what a run that begins now would call; null when nobody does. */
    now: skillPin.nullable(),
  })
  .meta({ id: "CalledSkill" });
export type CalledSkill = z.infer<typeof calledSkill>;

/** The skills that a version of a workflow calls, in the order of the document. */
export const calledSkills = z
  .object({ name: z.string(), version, digest, skills: z.array(calledSkill) })
  .meta({ id: "CalledSkills", description: "The skills that a version of a workflow calls, and who answers to them." });
export type CalledSkills = z.infer<typeof calledSkills>;
