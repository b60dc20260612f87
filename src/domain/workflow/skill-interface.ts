import type { Inputs, Outputs } from "../../contract/template/document.ts";
import type { Field } from "../../contract/template/field.ts";
import type { WorkflowDocument, WorkflowOutput } from "../../contract/workflow/document.ts";

/** What a skill takes and gives; null where it does not say. */
export interface SkillInterface {
  inputs: Inputs | null;
  outputs: Outputs | null;
  /** Whether it takes inputs, or gives outputs, that it does not name: of agents, whose schemas may let in more. False when absent. */
  takesMore?: boolean;
  givesMore?: boolean;
}

/** Skills by their text in the document, as `skillsOf` tells it; null where nobody has it, absent where it was not looked up. */
export type KnownSkills = ReadonlyMap<string, SkillInterface | null>;

/** What a workflow takes and gives, as a skill of others. */
export function interfaceOfWorkflow({ inputs, outputs }: WorkflowDocument): SkillInterface {
  const given = Object.entries(outputs ?? {}).map(([name, output]): [string, Field] => [name, fieldOf(output)]);
  return { inputs: inputs ?? null, outputs: outputs === undefined ? null : Object.fromEntries(given) };
}

function fieldOf(output: WorkflowOutput): Field {
  if (typeof output === "string") return { type: "any", required: true };
  const { value: _, ...field } = output;
  return field.type === "object" ? field : { ...field, required: true };
}
