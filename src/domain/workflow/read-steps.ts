import { limits } from "../../contract/limits.ts";
import { stepId, stepType } from "../../contract/workflow/step.ts";
import { didYouMean } from "../did-you-mean.ts";
import { isMap, type JsonMap, type JsonValue, own } from "../document/json-value.ts";
import { childPointer } from "../pointer.ts";
import { errorAt, type Finding } from "../template/check-finding.ts";
import { wrongType } from "../template/check-shape.ts";
import { quote, showValue } from "../template/value/show-value.ts";
import { readBranches } from "./read-branches.ts";
import type { StepKind, StepNode } from "./step-node.ts";

/** The steps of a document as far as they can be read, and what hinders reading. */
export interface ReadSteps {
  steps: StepNode[];
  findings: Finding[];
}

/** Reads the steps of a workflow, those inside of others too, and says where there are none. Never throws. */
export function readSteps(root: JsonMap): ReadSteps {
  const found = own(root, "steps");
  if (found === undefined) {
    const message = "the key steps is missing";
    return {
      steps: [],
      findings: [errorAt("missing_key", "/steps", message, "add steps: a list with one at least", "key")],
    };
  }
  if (Array.isArray(found) && found.length === 0) {
    const message = "a workflow without steps does nothing: the list is empty";
    return { steps: [], findings: [errorAt("steps_empty", "/steps", message, "add a step")] };
  }
  const walk: StepWalk = { findings: [], count: 0 };
  const steps = readList(walk, found, "/steps", 1);
  if (walk.count > limits.workflowSteps) {
    const message = `a workflow has at most ${limits.workflowSteps} steps, those inside of others too; found more`;
    walk.findings.push(errorAt("too_many", "/steps", message, "move some into a workflow of their own", "key"));
  }
  return { steps, findings: walk.findings };
}

/** What is collected on the way. */
export interface StepWalk {
  findings: Finding[];
  count: number;
}

/** The steps of one list; `depth` counts from 1. */
export function readList(walk: StepWalk, list: JsonValue, path: string, depth: number): StepNode[] {
  if (!Array.isArray(list)) {
    const finding = wrongType(path, "a list of steps", list);
    walk.findings.push(isMap(list) ? { ...finding, suggestion: "write each step with a dash: - id: …" } : finding);
    return [];
  }
  if (depth > limits.workflowDepth) {
    const message = `steps are nested deeper than ${limits.workflowDepth} levels`;
    walk.findings.push(errorAt("steps_too_deep", path, message, "move some into a workflow of their own", "key"));
    return [];
  }
  return list.flatMap((body, at) => readStep(walk, body, childPointer(path, at), depth) ?? []);
}

function readStep(walk: StepWalk, body: JsonValue, path: string, depth: number): StepNode | null {
  walk.count += 1;
  if (walk.count > limits.workflowSteps) return null;
  if (!isMap(body)) {
    walk.findings.push(wrongType(path, "a map with the keys of a step", body));
    return null;
  }
  const kind = readKind(walk, body, path);
  const id = own(body, "id");
  const node = { id: typeof id === "string" && stepId.safeParse(id).success ? id : null, path, kind, body };
  const branches = readBranches(node, (list, at) => readList(walk, list, at, depth + 1), walk.findings);
  return { ...node, branches };
}

function readKind(walk: StepWalk, body: JsonMap, path: string): StepKind | null {
  const found = own(body, "step_type");
  const hasBranches = own(body, "branches") !== undefined;
  if (found === undefined && hasBranches) {
    const message = "the step has branches, and no step_type says how they are gone through";
    const suggestion = `add step_type: ${stepType.options.filter((type) => type !== "approval").join(", ")}`;
    walk.findings.push(errorAt("missing_key", childPointer(path, "step_type"), message, suggestion, "key"));
    return null;
  }
  const type = stepType.safeParse(found === undefined ? "sequential" : found);
  if (!type.success) {
    walk.findings.push(badType(found ?? null, childPointer(path, "step_type")));
    return null;
  }
  if (type.data !== "sequential") return type.data;
  return hasBranches ? "sequence" : "call";
}

function badType(found: JsonValue, path: string): Finding {
  const types = stepType.options.join(", ");
  const message = `there is no step_type ${typeof found === "string" ? quote(found) : showValue(found)}; the types are ${types}`;
  const word = typeof found === "string" ? found.toLowerCase() : "";
  const meant = (Object.hasOwn(otherTypes, word) ? otherTypes[word] : undefined) ?? didYouMean(word, stepType.options);
  return errorAt("step_type_unknown", path, message, meant === null ? null : `did you mean ${meant}?`);
}

/** Other systems' words for ours. */
const otherTypes: Record<string, string> = {
  task: "sequential",
  step: "sequential",
  action: "sequential",
  sequence: "sequential",
  fork: "parallel",
  if: "conditional",
  condition: "conditional",
  branch: "conditional",
  choice: "switch",
  case: "switch",
  router: "switch",
  loop: "map",
  foreach: "map",
  for_each: "map",
  iterate: "map",
  wait: "approval",
  approve: "approval",
  human: "approval",
  manual: "approval",
};
