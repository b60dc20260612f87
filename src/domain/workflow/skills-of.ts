import type { WorkflowDocument } from "../../contract/workflow/document.ts";
import { parseSkill, type SkillReference } from "../agent/parse-skill.ts";
import { copyJson, isMap, type JsonMap, type JsonValue, own } from "../document/json-value.ts";
import { childPointer, pointerOf } from "../pointer.ts";
import { readCall } from "./read-call.ts";
import { readSteps } from "./read-steps.ts";
import { allNodes, type StepNode } from "./step-node.ts";

/** A place of a workflow that calls a skill. */
export interface UsedSkill {
  /** The step's id. */
  step: string;
  /** JSON Pointer of the text that names the skill. */
  path: string;
  purpose: "do" | "compensate";
  /** As `parseSkill` reads it, `workflow/NAME@…` for `execute_workflow`; null when it is known only when the step runs. */
  text: string | null;
  skill: SkillReference | null;
}

/** Every skill that a workflow calls, with its places, in the order of the document: what is looked up, and locked. */
export function skillsOf(workflow: WorkflowDocument): UsedSkill[] {
  return skillsIn(copyJson(workflow));
}

/** The same of a document that may have errors, as far as it can be read. */
export function skillsIn(root: JsonValue): UsedSkill[] {
  return isMap(root) ? allNodes(readSteps(root).steps).flatMap(usedBy) : [];
}

/** The skills that a step calls: its own, and the one that undoes it. */
export function usedBy({ id, kind, body, path }: StepNode): UsedSkill[] {
  if (kind !== "call" || id === null) return [];
  const undo = own(body, "compensate");
  const undone = isMap(undo) ? used(id, undo, childPointer(path, "compensate"), "compensate") : [];
  return [...used(id, body, path, "do"), ...undone];
}

function used(step: string, body: JsonMap, path: string, purpose: UsedSkill["purpose"]): UsedSkill[] {
  const call = readCall(body);
  if (call === null) return [];
  const parsed = call.skill === null ? null : parseSkill(call.skill);
  if (parsed !== null && !parsed.ok) return [];
  return [{ step, path: pointerOf(call.skillAt, path), purpose, text: call.skill, skill: parsed?.value ?? null }];
}
