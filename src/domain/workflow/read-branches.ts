import { isMap, type JsonMap, type JsonValue, own } from "../document/json-value.ts";
import { childPointer } from "../pointer.ts";
import { errorAt, type Finding } from "../template/check-finding.ts";
import { wrongType } from "../template/check-shape.ts";
import { defaultCase } from "./choose-case.ts";
import { branchKeys, nounOfKind, strangeKey } from "./step-keys.ts";
import type { StepBranch, StepKind, StepNode } from "./step-node.ts";

/** Reads the lists of steps inside of a step by `readList`, and adds what is wrong with `branches` itself to the findings. */
export function readBranches(
  { kind, body, path: stepPath }: Omit<StepNode, "branches">,
  readList: (list: JsonValue, path: string) => StepNode[],
  findings: Finding[],
): StepBranch[] {
  if (kind === "call" || kind === "approval") return [];
  const path = childPointer(stepPath, "branches");
  const found = own(body, "branches");
  if (found === undefined) {
    if (kind !== null) findings.push(missing(path, kind));
    return [];
  }
  if (!isMap(found)) {
    const expected = kind === null ? "a map of lists of steps" : shapeOf[kind];
    findings.push({ ...wrongType(path, expected, found), suggestion: Array.isArray(found) ? listRemedy(kind) : null });
    return [];
  }
  const branches: StepBranch[] = [];
  for (const [key, value] of Object.entries(found)) {
    const at = childPointer(path, key);
    if (isListKey(kind, key, value)) branches.push({ key, path: at, steps: readList(value, at) });
    else if (kind !== null) findings.push(...strangeBranch(kind, key, path));
  }
  if (kind !== null) findings.push(...emptiness(kind, found, path));
  return branches;
}

type ContainerKind = Exclude<StepKind, "call" | "approval">;

/** Whether a key of `branches` holds steps; under a type that there is not, what looks like steps does. */
function isListKey(kind: ContainerKind | null, key: string, value: JsonValue): boolean {
  if (kind === null) return Array.isArray(value) && value.length > 0 && value.every(isMap);
  if (kind === "switch") return !(isMap(value) && /^cases?$/.test(key));
  return key === "steps" || key === "if_true" || key === "if_false" ? (branchKeys[kind] ?? []).includes(key) : false;
}

function strangeBranch(kind: ContainerKind, key: string, path: string): Finding[] {
  const known = branchKeys[kind];
  if (known === null) {
    const message = `the cases of a switch stand under branches itself, not under ${key}`;
    return [errorAt("wrong_type", childPointer(path, key), message, "move them up by one level", "key")];
  }
  return known.includes(key) ? [] : [strangeKey(path, key, known)];
}

/** Lists that must be there, and must not be empty. */
function emptiness(kind: ContainerKind, branches: JsonMap, path: string): Finding[] {
  if (kind === "switch") {
    const lists = Object.entries(branches);
    if (lists.every(([key]) => key === defaultCase)) {
      return [
        errorAt(
          "steps_empty",
          path,
          "the switch has no case but default",
          "add a case, or leave the switch out",
          "key",
        ),
      ];
    }
    const isVain = lists.every(([, list]) => Array.isArray(list) && list.length === 0);
    return isVain ? [errorAt("steps_empty", path, "no case of the switch has a step", "add a step", "key")] : [];
  }
  const key = kind === "conditional" ? "if_true" : "steps";
  const at = childPointer(path, key);
  const list = own(branches, key);
  if (list === undefined)
    return [errorAt("missing_key", at, `the key ${key} is missing`, `add ${key}: a list of steps`, "key")];
  if (!Array.isArray(list) || list.length > 0) return [];
  const remedy = kind === "conditional" ? "add a step, or turn the condition round" : "add a step";
  return [errorAt("steps_empty", at, `${nounOfKind[kind]} without steps does nothing: the list is empty`, remedy)];
}

function missing(path: string, kind: ContainerKind): Finding {
  const message = `the key branches is missing: ${nounOfKind[kind]} has its steps there`;
  return errorAt("missing_key", path, message, `add branches: ${shapeOf[kind]}`, "key");
}

const shapeOf: Readonly<Record<ContainerKind, string>> = {
  sequence: "a map with steps",
  parallel: "a map with steps",
  conditional: "a map with if_true and if_false",
  switch: "a map of cases, each a list of steps",
  map: "a map with over and steps",
};

function listRemedy(kind: ContainerKind | null): string | null {
  return kind === "parallel" || kind === "sequence" ? "write the list under steps, below branches" : null;
}
