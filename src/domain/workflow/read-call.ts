import { isMap, type JsonMap, type JsonValue, own } from "../document/json-value.ts";
import { holdsExpression } from "./holds-expression.ts";

/** The skill that runs the workflow which its inputs name: `{workflow_id, version, inputs}`. */
export const executeWorkflow = "execute_workflow";

/** Whom a step calls, and with what. */
export interface ReadCall {
  /** As `parseSkill` reads it; null when an expression says it, which is known only when the step runs. */
  skill: string | null;
  /** Where the name is written, below the step or its `compensate`. */
  skillAt: readonly string[];
  inputs: JsonValue;
  /** Where the inputs are written. */
  inputsAt: readonly string[];
}

/** Reads `skill` and `inputs` of a step or of its `compensate`; `execute_workflow` becomes the workflow that it names. */
export function readCall(body: JsonMap): ReadCall | null {
  const skill = own(body, "skill");
  const inputs = own(body, "inputs") ?? {};
  if (typeof skill !== "string") return null;
  if (skill !== executeWorkflow) return { skill, skillAt: ["skill"], inputs, inputsAt: ["inputs"] };
  if (!isMap(inputs)) return null;
  const passed = own(inputs, "inputs") ?? {};
  const skillAt = ["inputs", "workflow_id"];
  return { skill: workflowCalled(inputs), skillAt, inputs: passed, inputsAt: ["inputs", "inputs"] };
}

/** The workflow that the inputs of `execute_workflow` name, as a skill; null when an expression says it. */
export function workflowCalled(inputs: JsonMap): string | null {
  const id = own(inputs, "workflow_id");
  const version = own(inputs, "version");
  if (typeof id !== "string" || holdsExpression(id)) return null;
  if (version === undefined) return `workflow/${id}`;
  return typeof version !== "string" || holdsExpression(version) ? null : `workflow/${id}@${version}`;
}
