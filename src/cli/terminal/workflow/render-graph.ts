import { allSteps, type OutlineStep } from "../../../domain/workflow-graph/outline-workflow.ts";
import { displayWidth } from "../display-width.ts";
import type { Colors } from "../open-terminal.ts";
import { wrapText } from "../wrap-text.ts";
import { stepTree, type TreeRow } from "./step-tree.ts";
import { branchWords, stepRemarks, stepWords } from "./step-words.ts";

/** Names wider than this do not push what stands behind them further to the right. */
const widestNames = 36;
const narrowestWords = 24;

/** The order of a workflow's steps as a tree, no wider than `width`. */
export function renderGraph(steps: readonly OutlineStep[], width: number, colors: Colors): string[] {
  const rows = stepTree(steps);
  const left = Math.min(
    widestNames,
    Math.max(0, ...rows.map(({ lead, step }) => displayWidth(lead + (step?.id ?? "")))),
  );
  return rows.flatMap((row) => rowLines(row, left, width, colors));
}

/** What the double rails of a tree mean; null where it has none. */
export function railsLegend(steps: readonly OutlineStep[]): string | null {
  return allSteps(steps).some(({ kind }) => kind === "parallel") ? "╞═ these run at the same time" : null;
}

function nameOf({ step, branch }: TreeRow): string {
  return step === null ? `${branch === null ? "" : branchWords(branch.of, branch.key)}:` : step.id;
}

function rowLines(row: TreeRow, left: number, width: number, colors: Colors): string[] {
  const { step, lead, below } = row;
  const name = nameOf(row);
  if (step === null) return [colors.dim(lead) + colors.cyan(name)];
  const used = displayWidth(lead + name);
  // What a long name, or a deep step, leaves too little room for stands below it.
  const room = Math.max(narrowestWords, width - Math.max(used, left) - 2);
  const [first = "", ...more] = [
    ...wrapText(stepWords(step), room),
    ...wrapText(stepRemarks(step).join("; "), room).filter((line) => line !== ""),
  ];
  const words = wrapText(stepWords(step), room).length;
  const gap = " ".repeat(Math.max(0, left - used) + 2);
  const indent = below + " ".repeat(Math.max(0, Math.max(used, left) + 2 - displayWidth(below)));
  const head = `${colors.dim(lead)}${colors.bold(name)}${gap}${first}`.trimEnd();
  return [head, ...more.map((line, at) => colors.dim(indent) + (at + 2 > words ? colors.dim(line) : line))];
}
