import type { Step } from "../../contract/workflow/step.ts";
import type { JsonMap } from "../document/json-value.ts";

/** What a step is. `call` and `sequence` are both written `sequential`: one with a skill, one with steps inside. */
export type StepKind = "call" | "approval" | "sequence" | "parallel" | "conditional" | "switch" | "map";

/** A step of a document as far as it can be read, with its place. */
export interface StepNode {
  /** Null where it has none that could be referred to. */
  id: string | null;
  /** JSON Pointer of the step. */
  path: string;
  /** Null where `step_type` is none that there is. */
  kind: StepKind | null;
  body: JsonMap;
  branches: readonly StepBranch[];
}

/** A list of steps inside of a step. */
export interface StepBranch {
  /** `steps`, `if_true`, `if_false`, or a switch's case. */
  key: string;
  path: string;
  steps: readonly StepNode[];
}

/** What a step of a checked document is. */
export function kindOfStep(step: Step): StepKind {
  const type = step.step_type ?? "sequential";
  if (type !== "sequential") return type;
  return "branches" in step ? "sequence" : "call";
}

/** All steps of a list, each before those inside of it. */
export function allNodes(nodes: readonly StepNode[]): StepNode[] {
  return nodes.flatMap((node) => [node, ...node.branches.flatMap((branch) => allNodes(branch.steps))]);
}
