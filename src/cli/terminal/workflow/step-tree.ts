import type { OutlineBranch, OutlineStep } from "../../../domain/workflow-graph/outline-workflow.ts";

/** A line of a tree of steps: a step, or the name of a branch that is gone through or not. */
export interface TreeRow {
  step: OutlineStep | null;
  /** Of a line that names a branch: the step that chooses it. */
  branch: { of: OutlineStep; key: string } | null;
  /** What stands before it. */
  lead: string;
  /** What stands before further lines of the same. */
  below: string;
}

/**
 * Steps as lines with rails before them: single ones (`├─`) for steps one after the other, double ones (`╞═`) for those at the same time.
 * Both are among the characters that every terminal's font has. Where `opens` says no, what is inside of a step is left out.
 */
export function stepTree(
  steps: readonly OutlineStep[],
  opens: (step: OutlineStep, branch: OutlineBranch) => boolean = () => true,
): TreeRow[] {
  return listRows(steps, "", "in turn", opens);
}

type Opens = (step: OutlineStep, branch: OutlineBranch) => boolean;

function listRows(steps: readonly OutlineStep[], rails: string, order: Order, opens: Opens): TreeRow[] {
  return steps.flatMap((step, at) => {
    const isLast = at === steps.length - 1;
    const inner = rails + (isLast ? "   " : "│  ");
    const rows = rowsInside(step, inner, opens);
    const below = rows.length === 0 ? inner : `${inner}│  `;
    return [{ step, branch: null, lead: rails + (isLast ? lasts : firsts)[order], below }, ...rows];
  });
}

type Order = "in turn" | "at once";
const firsts = { "in turn": "├─ ", "at once": "╞═ " } as const satisfies Record<Order, string>;
const lasts = { "in turn": "└─ ", "at once": "╘═ " } as const satisfies Record<Order, string>;

function rowsInside(step: OutlineStep, rails: string, opens: Opens): TreeRow[] {
  const { kind } = step;
  const branches = step.branches.filter(({ steps }) => steps.length > 0);
  if (kind !== "conditional" && kind !== "switch") {
    const order = kind === "parallel" ? "at once" : "in turn";
    return branches.flatMap((branch) => (opens(step, branch) ? listRows(branch.steps, rails, order, opens) : []));
  }
  return branches.flatMap((branch, at) => {
    const isLast = at === branches.length - 1;
    const inner = rails + (isLast ? "   " : "│  ");
    const rows = opens(step, branch) ? listRows(branch.steps, inner, "in turn", opens) : [];
    const below = rows.length === 0 ? inner : `${inner}│  `;
    const lead = rails + (isLast ? lasts : firsts)["in turn"];
    return [{ step: null, branch: { of: step, key: branch.key }, lead, below }, ...rows];
  });
}
