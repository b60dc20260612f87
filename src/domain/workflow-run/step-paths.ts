import { limits } from "../../contract/limits.ts";
import type { WorkflowDocument } from "../../contract/workflow/document.ts";
import type { Step } from "../../contract/workflow/step.ts";
import { branchesOfStep, type InnerList } from "./branches-of-step.ts";

/*
 * The grammar is told in contract/workflow/step-path.ts:
 *
 *   draft                     a step at the top
 *   split/left                inside of a parallel or a sequence
 *   route/urgent/answer       inside of a branch; its case is percent-encoded
 *   each[3]/draw              inside of a map, for the item 3
 *   draft!undo                what undoes a step
 */

/** What the paths of the steps of a list begin with. */
export function pathsInside(path: string, branch: string | null, item: number | null): string {
  if (item !== null) return `${path}[${item}]/`;
  return branch === null ? `${path}/` : `${path}/${encodeBranch(branch)}/`;
}

/** The path of what undoes a step. */
export function undoPath(path: string): string {
  return `${path}!undo`;
}

/** One step on the way to a path. */
export interface PathStep {
  step: Step;
  /** Its place in its list. */
  index: number;
  /** Whether the steps of its list run at the same time. */
  isBeside: boolean;
  /** Where the path goes on: into which branch, of which item. Both are null at its end, and where the step has one list only. */
  branch: string | null;
  item: number | null;
}

/** The steps on the way to a path, the last one its own; null when this document can have no such path. What undoes a step is none of its own. */
export function readStepPath(document: WorkflowDocument, path: string): PathStep[] | null {
  if (path.length > limits.stepPathLength) return null;
  const segments = path.split("/");
  const way: PathStep[] = [];
  let list: readonly Step[] = document.steps;
  let isBeside = false;
  for (let at = 0; at < segments.length; at++) {
    const [, id, digits] = /^([a-z][a-z0-9_]*)(?:\[(0|[1-9]\d{0,8})\])?$/.exec(segments[at] ?? "") ?? [];
    const index = list.findIndex((one) => one.id === id);
    const step = list[index];
    if (step === undefined) return null;
    const found = { step, index, isBeside, branch: null, item: null };
    if (at === segments.length - 1) return digits === undefined ? [...way, found] : null;
    const item = digits === undefined ? null : Number(digits);
    if ((step.step_type === "map") !== (item !== null) || (item ?? 0) >= limits.mapItems) return null;
    const inner = innerList(step, segments[at + 1]);
    if (inner === undefined) return null;
    if (inner.branch !== null) at++;
    way.push({ ...found, branch: inner.branch, item });
    list = inner.steps;
    isBeside = step.step_type === "parallel";
  }
  return null;
}

function innerList(step: Step, segment: string | undefined): InnerList | undefined {
  return branchesOfStep(step).find(({ branch }) => branch === null || encodeBranch(branch) === segment);
}

/** Half of a surrogate pair cannot be encoded. */
function encodeBranch(branch: string): string {
  return encodeURIComponent(branch.toWellFormed());
}
