import type { WorkflowDocument } from "../../contract/workflow/document.ts";
import type { StepState } from "../../contract/workflow/step-state.ts";
import { isKept } from "./kept-steps.ts";

/** What a retry looks at of the steps of the run before. */
export type EndedStep = Pick<StepState, "path" | "state">;

/**
 * Where a retry begins when nobody says so: at the first step that failed by itself, in the order of the document, else the first that was
 * cancelled. Where steps were undone, at the first of the outermost steps with any of them or a failed one inside. Null: nothing failed.
 */
export function retryStart(document: WorkflowDocument, steps: readonly EndedStep[]): string | null {
  const own = steps.filter(({ path }) => !path.endsWith(undoMark));
  const failed = innermost(own.filter(({ state }) => state === "failed"));
  const undone = undonePaths(steps);
  if (undone.length > 0) {
    const outermost = new Set([...undone, ...failed].map(outermostId));
    return document.steps.find(({ id }) => outermost.has(id))?.id ?? null;
  }
  return failed[0] ?? innermost(own.filter(({ state }) => state === "cancelled"))[0] ?? null;
}

/** Steps that were undone and whose results a retry from `from` would take over. */
export function undoneYetKept(document: WorkflowDocument, steps: readonly EndedStep[], from: string): string[] {
  return undonePaths(steps).filter((path) => isKept(document, from, path));
}

const undoMark = "!undo";

/** Undoing that has begun counts: what is left of the step, nobody knows. */
function undonePaths(steps: readonly EndedStep[]): string[] {
  return steps.flatMap(({ path, state }) =>
    path.endsWith(undoMark) && state !== "skipped" ? [path.slice(0, -undoMark.length)] : [],
  );
}

/** Those that failed not merely because of what stands inside of them. */
function innermost(steps: readonly EndedStep[]): string[] {
  const paths = steps.map(({ path }) => path);
  return paths.filter((path) => !paths.some((other) => other.startsWith(`${path}/`) || other.startsWith(`${path}[`)));
}

function outermostId(path: string): string {
  return path.split(/[/[]/, 1)[0] ?? path;
}
