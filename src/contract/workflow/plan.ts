import { z } from "zod";
import { agentUrl } from "../agent/card.ts";
import { skillId } from "../agent/skill.ts";
import { digest } from "../artifact/digest.ts";
import { version } from "../artifact/version.ts";
import { workflowDocument } from "./document.ts";

const pinned = { name: z.string(), version, digest };
const jsonSchema = z.record(z.string(), z.unknown()).nullable();

/** Who answers to a skill, fixed: what a workflow was published against, and what a run calls whatever is published meanwhile. */
export const pinnedSkill = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("function"), ...pinned }),
  z.object({ kind: z.literal("template"), ...pinned }),
  z.object({ kind: z.literal("workflow"), ...pinned }),
  z.object({
    kind: z.literal("agent"),
    ...pinned,
    /** The id of the agent's skill, which it is called by at `{url}/execute`. */
    skill: skillId,
    url: agentUrl,
    input_schema: jsonSchema,
    output_schema: jsonSchema,
  }),
]);
export type PinnedSkill = z.infer<typeof pinnedSkill>;
export type PinnedAgent = Extract<PinnedSkill, { kind: "agent" }>;

/** All that a run of a workflow refers to, fixed at its start. Runs of the workflows that it calls share it. */
export const workflowPlan = z.object({
  /** By the text of the skill in the documents, as `skillsOf` tells it. */
  skills: z.record(z.string(), pinnedSkill),
  /** By `name@version`: the run's own, and those that it calls at any depth. */
  documents: z.record(z.string(), workflowDocument),
});
export type WorkflowPlan = z.infer<typeof workflowPlan>;
