import { stepId } from "../../contract/workflow/document.ts";
import { isMap, type JsonMap, type JsonValue, own } from "../document/json-value.ts";
import { childPointer } from "../pointer.ts";
import { errorAt, type Finding } from "../template/check-finding.ts";
import { checkShape, wrongType } from "../template/check-shape.ts";
import { quote } from "../template/value/show-value.ts";

/** What is wrong with a workflow's steps, whichever branch they stand in: no list, no steps, bad ids, ids that are there already. */
export function checkSteps(steps: JsonValue | undefined): Finding[] {
  if (steps === undefined) {
    return [errorAt("missing_key", "/steps", "the key steps is missing", "add steps: a list with one at least", "key")];
  }
  if (Array.isArray(steps) && steps.length === 0) {
    return [errorAt("too_few", "/steps", "a workflow without steps does nothing: the list is empty", "add a step")];
  }
  return checkList(steps, "/steps", new Map());
}

/** `seen`: where each id stands first. */
function checkList(steps: JsonValue, path: string, seen: Map<string, string>): Finding[] {
  if (!Array.isArray(steps)) return [wrongType(path, "a list of steps", steps)];
  return steps.flatMap((step, at) => checkStep(step, childPointer(path, at), seen));
}

function checkStep(step: JsonValue, path: string, seen: Map<string, string>): Finding[] {
  if (!isMap(step)) return [wrongType(path, "a map with the keys of a step", step)];
  return [...checkId(step, path, seen), ...branchesOf(step, path).flatMap(([list, at]) => checkList(list, at, seen))];
}

function checkId(step: JsonMap, path: string, seen: Map<string, string>): Finding[] {
  const idPath = childPointer(path, "id");
  const id = own(step, "id");
  if (id === undefined) return [errorAt("missing_key", idPath, "the step has no id", "add id", "key")];
  const findings = checkShape(stepId, id, idPath);
  if (findings.length > 0 || typeof id !== "string") return findings;
  const first = seen.get(id);
  if (first === undefined) {
    seen.set(id, path);
    return [];
  }
  const message = `there are two steps of the id ${quote(id)}; the other one is ${first}`;
  return [errorAt("step_duplicate", idPath, message, "give each step an id of its own")];
}

/** The lists of steps inside of a step: those of its `branches`, whatever the branch is called, and its own `steps`. */
function branchesOf(step: JsonMap, path: string): [JsonValue, string][] {
  const lists: [JsonValue, string][] = [];
  const collect = (value: JsonValue | undefined, at: string): void => {
    if (Array.isArray(value)) lists.push([value, at]);
    else if (isMap(value)) {
      // What a map goes over is values, not steps.
      for (const [key, member] of Object.entries(value)) if (key !== "over") collect(member, childPointer(at, key));
    }
  };
  collect(own(step, "branches"), childPointer(path, "branches"));
  const steps = own(step, "steps");
  if (steps !== undefined) lists.push([steps, childPointer(path, "steps")]);
  return lists;
}
