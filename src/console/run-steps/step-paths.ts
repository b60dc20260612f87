import type { ReadBranch, ReadStep } from "../workflow/read-steps.ts";

/** Begin of the paths of the steps in a branch (contract/workflow/step-path.ts); `item` counts from 0, and only a map has some. */
export function insideOf(path: string, { type }: Pick<ReadStep, "type">, branch: ReadBranch, item = 0): string {
  if (type === "map") return `${path}[${item}]/`;
  if (type === "conditional" || type === "switch") return `${path}/${encodeURIComponent(branch.key.toWellFormed())}/`;
  return `${path}/`;
}

/** The path of what undoes a step. */
export function undoOf(path: string): string {
  return `${path}!undo`;
}

/** Whether a step of this path can be in a document. */
export function hasStep(steps: readonly ReadStep[], path: string): boolean {
  const plain = path.replace(/!undo$/, "").replace(/\[\d+\]/g, "[0]");
  return steps.some((step) => isAt(step, step.id, plain));
}

function isAt(step: ReadStep, at: string, path: string): boolean {
  if (at === path) return true;
  return step.branches.some((branch) => {
    const inside = insideOf(at, step, branch);
    return path.startsWith(inside) && branch.steps.some((inner) => isAt(inner, inside + inner.id, path));
  });
}
