import type { WorkflowDocument } from "../../contract/workflow/document.ts";
import { readStepPath } from "./step-paths.ts";

/** Whether steps of this document can have this path. */
export function hasPath(document: WorkflowDocument, path: string): boolean {
  return readStepPath(document, path) !== null;
}

/**
 * Whether an earlier success of a step stands when its workflow is run again from another: when it comes before that one, or beside it in a parallel, or
 * belongs to another item of the same map. What comes after it, what it stands in and what stands in it is done again.
 */
export function isKept(document: WorkflowDocument, from: string, path: string): boolean {
  const [start, asked] = [readStepPath(document, from), readStepPath(document, path)];
  if (start === null || asked === null) return false;
  for (const [at, here] of asked.entries()) {
    const there = start[at];
    // Inside of where it begins.
    if (there === undefined) return false;
    if (here.index !== there.index) return here.isBeside || here.index < there.index;
    if (here.branch !== there.branch && here.branch !== null && there.branch !== null) return false;
    if (here.item !== there.item && here.item !== null && there.item !== null) return true;
  }
  return false;
}
