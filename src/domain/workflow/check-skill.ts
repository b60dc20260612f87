import { limits } from "../../contract/limits.ts";
import { skillText } from "../../contract/workflow/step.ts";
import { parseSkill } from "../agent/parse-skill.ts";
import { isMap, type JsonValue, own } from "../document/json-value.ts";
import { childPointer } from "../pointer.ts";
import { errorAt, type Finding } from "../template/check-finding.ts";
import { checkShape } from "../template/check-shape.ts";
import { quote } from "../template/value/show-value.ts";
import { holdsExpression } from "./holds-expression.ts";
import { executeWorkflow, workflowCalled } from "./read-call.ts";
import { strangeKeys } from "./step-keys.ts";

/** What is wrong with a `skill`, and with inputs that say themselves whom they call. `path` is that of the map that holds both. */
export function checkSkill(skill: JsonValue, inputs: JsonValue | undefined, path: string): Finding[] {
  const at = childPointer(path, "skill");
  const findings = checkShape(skillText, skill, at);
  if (findings.length > 0 || typeof skill !== "string") return findings;
  if (holdsExpression(skill)) {
    const message = "a skill is a name, not an expression: what a run calls is fixed before it starts";
    const suggestion = `use a switch with one step for each skill, or ${executeWorkflow} with a workflow_id`;
    return [errorAt("skill_invalid", at, message, suggestion)];
  }
  if (skill === executeWorkflow) return checkExecute(inputs, childPointer(path, "inputs"));
  const parsed = parseSkill(skill);
  if (parsed.ok) return [];
  return [errorAt("skill_invalid", at, parsed.failure.message, "write name, name@selector or workflow/name@selector")];
}

const executeKeys = ["workflow_id", "version", "inputs"];

/** `skill: execute_workflow` names the workflow in its inputs. */
function checkExecute(inputs: JsonValue | undefined, path: string): Finding[] {
  const idPath = childPointer(path, "workflow_id");
  if (!isMap(inputs) || own(inputs, "workflow_id") === undefined) {
    if (inputs !== undefined && !isMap(inputs)) return [];
    const message = `the input workflow_id is missing: ${executeWorkflow} says by it which workflow`;
    return [errorAt("missing_key", idPath, message, "add workflow_id", "key")];
  }
  const findings = strangeKeys(inputs, executeKeys, path);
  for (const key of ["workflow_id", "version"] as const) {
    const value = own(inputs, key);
    if (value !== undefined && typeof value !== "string") {
      const message = `expected a string, found ${Array.isArray(value) ? "a list" : typeof value}`;
      findings.push(errorAt("wrong_type", childPointer(path, key), message));
    }
  }
  const passed = own(inputs, "inputs");
  if (passed !== undefined && !isMap(passed) && !(typeof passed === "string" && holdsExpression(passed))) {
    const message = "expected a map with the inputs of the workflow, or an expression that gives one";
    findings.push(errorAt("wrong_type", childPointer(path, "inputs"), message));
  }
  const called = workflowCalled(inputs);
  if (findings.length > 0 || called === null) return findings;
  const parsed = parseSkill(called);
  if (parsed.ok && called.length <= limits.selectorLength + 148) return [];
  const why = parsed.ok ? `${quote(called)} is too long` : parsed.failure.message;
  return [errorAt("skill_invalid", idPath, why, "write the id of a workflow, like code-generation")];
}
