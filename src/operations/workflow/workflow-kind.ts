import { workflowHeader } from "../../domain/workflow/check-workflow.ts";
import { skillsIn } from "../../domain/workflow/skills-of.ts";
import type { DocumentKind } from "../artifact/document-kind.ts";
import { AssumedSkills } from "./assumed-skills.ts";
import { type PrepareWorkflowNeeds, prepareWorkflow } from "./prepare-workflow.ts";

/** How workflows are registered, for one request. `assumed`: what a dry run of other kinds found right before. */
export function workflowKindOf(needs: PrepareWorkflowNeeds, assumed = new AssumedSkills()): DocumentKind {
  return {
    prepare: (source, as) => prepareWorkflow(needs, source, { ...as, assumed }),
    header: workflowHeader,
    needsOf: ({ value }) => [...new Set(skillsIn(value).flatMap(({ skill }) => workflowNamed(skill)))],
    assume: (candidate, after) => assumed.add(candidate, after),
  };
}

/** A skill that a workflow may answer to. */
function workflowNamed(skill: ReturnType<typeof skillsIn>[number]["skill"]): string[] {
  return skill === null || (skill.kind !== null && skill.kind !== "workflow") ? [] : [skill.skill];
}
