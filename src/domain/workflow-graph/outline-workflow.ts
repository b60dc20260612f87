import type { WorkflowDocument } from "../../contract/workflow/document.ts";
import { copyJson, isMap, type JsonMap, type JsonValue, own } from "../document/json-value.ts";
import { durationSeconds } from "../workflow/duration-seconds.ts";
import { itemNameOf } from "../workflow/item-name.ts";
import { readCall } from "../workflow/read-call.ts";
import { readSteps } from "../workflow/read-steps.ts";
import type { StepBranch, StepKind, StepNode } from "../workflow/step-node.ts";
import { pathsInside } from "../workflow-run/step-paths.ts";

/** A step as drawings show it, with those inside of it. */
export interface OutlineStep {
  /** As runs tell it (contract/workflow/step-path.ts), but that a map's items have no number: `each[]/draw`. */
  path: string;
  /** JSON Pointer in the document. */
  pointer: string;
  id: string;
  kind: StepKind;
  /** Of a call: as written, or the workflow that `execute_workflow` names; null where it is chosen only when the step runs. */
  skill: string | null;
  /** The expression that chooses the workflow then, without braces. */
  chosenBy: string | null;
  /** CEL, without braces: what chooses the branch, or whether the step is done at all. */
  condition: string | null;
  /** Of a map: what the items are of, without braces; and what one is called. */
  over: string | null;
  item: string | null;
  atOnce: number | null;
  /** Of an approval. */
  message: string | null;
  approvers: readonly string[];
  /** Attempts in all, where the step itself says so. */
  attempts: number | null;
  timeoutSeconds: number | null;
  /** The skill that undoes it. */
  undo: string | null;
  branches: readonly OutlineBranch[];
}

/** A list of steps inside of a step: `steps`, `if_true`, `if_false`, or a switch's case. */
export interface OutlineBranch {
  key: string;
  steps: readonly OutlineStep[];
}

/** The steps of a checked workflow, by the paths that its runs tell them by. */
export function outlineWorkflow(workflow: WorkflowDocument): OutlineStep[] {
  const root = copyJson(workflow);
  return isMap(root) ? readSteps(root).steps.flatMap((node) => outlineStep(node, "")) : [];
}

/** All steps, each before those inside of it. */
export function allSteps(steps: readonly OutlineStep[]): OutlineStep[] {
  return steps.flatMap((step) => [step, ...step.branches.flatMap((branch) => allSteps(branch.steps))]);
}

function outlineStep(node: StepNode, lead: string): OutlineStep[] {
  const { id, kind, body } = node;
  if (id === null || kind === null) return [];
  const path = lead + id;
  const branches = isMap(own(body, "branches")) ? own(body, "branches") : undefined;
  const inBranches = (key: string): JsonValue | undefined => (isMap(branches) ? own(branches, key) : undefined);
  const atOnce = kind === "map" ? inBranches("max_concurrency") : undefined;
  const approvers = own(body, "approvers");
  return [
    {
      ...{ path, pointer: node.path, id, kind },
      skill: kind === "call" ? skillOf(body) : null,
      chosenBy: kind === "call" ? chooserOf(body) : null,
      condition: textAt(body, "condition", bare),
      over: kind === "map" ? overText(inBranches("over")) : null,
      item: kind === "map" ? itemNameOf(body) : null,
      atOnce: typeof atOnce === "number" ? atOnce : null,
      message: kind === "approval" ? textAt(body, "message") : null,
      approvers: Array.isArray(approvers) ? approvers.filter((one) => typeof one === "string") : [],
      attempts: attemptsOf(own(body, "retry")),
      timeoutSeconds: timeoutOf(own(body, "timeout")),
      undo: undoOf(own(body, "compensate")),
      branches: node.branches.map((branch) => ({
        key: branch.key,
        steps: branch.steps.flatMap((step) => outlineStep(step, leadInside(path, kind, branch))),
      })),
    },
  ];
}

/** A map's items have numbers only when it runs. */
function leadInside(path: string, kind: StepKind, { key }: StepBranch): string {
  if (kind === "map") return `${path}[]/`;
  return pathsInside(path, kind === "conditional" || kind === "switch" ? key : null, null);
}

function skillOf(body: JsonMap): string | null {
  return readCall(body)?.skill ?? null;
}

function chooserOf(body: JsonMap): string | null {
  const inputs = own(body, "inputs");
  return skillOf(body) === null && isMap(inputs) ? textAt(inputs, "workflow_id", bare) : null;
}

function undoOf(undo: JsonValue | undefined): string | null {
  return isMap(undo) ? (skillOf(undo) ?? textAt(undo, "skill")) : null;
}

function attemptsOf(retry: JsonValue | undefined): number | null {
  const attempts = isMap(retry) ? own(retry, "max_attempts") : retry;
  return typeof attempts === "number" ? attempts : null;
}

function timeoutOf(timeout: JsonValue | undefined): number | null {
  return typeof timeout === "number" || typeof timeout === "string" ? durationSeconds(timeout) : null;
}

function overText(over: JsonValue | undefined): string | null {
  if (Array.isArray(over)) return over.length === 1 ? "a list of 1" : `a list of ${over.length}`;
  return typeof over === "string" ? bare(over) : null;
}

function textAt(body: JsonMap, key: string, read: (text: string) => string = (text) => text): string | null {
  const text = own(body, key);
  return typeof text === "string" ? read(text) : null;
}

/** A text that is one expression, without its braces. */
function bare(text: string): string {
  const [, inner] = /^\s*\{\{((?:(?!\{\{|\}\}).)*)\}\}\s*$/s.exec(text) ?? [];
  return (inner ?? text).trim();
}
