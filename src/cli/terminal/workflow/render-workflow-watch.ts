import type { OutlineStep } from "../../../domain/workflow-graph/outline-workflow.ts";
import { isSettled, type StepStates } from "../../runs/step-states.ts";
import type { WatchedRun } from "../../runs/watched-run.ts";
import { shortId } from "../../short-id.ts";
import { paintRunState } from "../paint-run-state.ts";
import { plainText } from "../plain-text.ts";
import type { WatchLook } from "../render-watch.ts";
import { showSeconds } from "../show-time.ts";
import { waitingText } from "../waiting-text.ts";
import { renderSteps, type StepLine } from "./render-steps.ts";

/** What is shown of a workflow's run under way, beside the run itself. */
export interface WorkflowWatch {
  outline: readonly OutlineStep[] | null;
  children: ReadonlyMap<string, WatchedRun>;
}

/** How a workflow's run under way is drawn. */
export interface WorkflowLook extends WatchLook {
  nowMs: number;
  /** Lines that there is room for. */
  height: number;
}

const indent = "  ";

/** A workflow's run under way: a line about the whole, and its steps as a tree, as many of them as there is room for. */
export function renderWorkflowWatch(
  watched: WatchedRun,
  { outline, children }: WorkflowWatch,
  look: WorkflowLook,
): string[] {
  const { colors, width, elapsedSeconds, isAway } = look;
  const { run, state, steps: states } = watched;
  const head = [
    paintRunState(state, colors),
    colors.bold(`${run.name} ${run.version}`),
    colors.dim(shortId(run.id)),
    ...(outline === null ? [] : [progressText(outline, states)]),
    colors.dim(showSeconds(elapsedSeconds)),
  ].join("  ");
  const away = isAway ? [`${indent}${colors.yellow("the registry does not answer; trying again")}`] : [];
  const waits = state === "queued" ? [`${indent}${plainText(waitingText(watched))}`] : [];
  const shown = { run: run.id, outline, states, children };
  const lines = renderSteps(shown, { colors, width: width - indent.length, nowMs: look.nowMs });
  const room = Math.max(3, look.height - 1 - away.length - waits.length);
  return [head, ...waits, ...fitLines(lines, room, colors.dim).map((line) => indent + line), ...away];
}

function progressText(outline: readonly OutlineStep[], states: StepStates): string {
  const counted = stepsOnTheWay(outline, states);
  const done = counted.filter(({ path }) => {
    const state = states.get(path)?.state;
    return state !== undefined && isSettled(state);
  });
  return `${done.length} of ${counted.length} steps`;
}

/** The steps that call something or ask somebody: a map counts as one, and of a choice one branch, the longest until it is known which. */
function stepsOnTheWay(steps: readonly OutlineStep[], states: StepStates): OutlineStep[] {
  return steps.flatMap((step) => {
    const { kind, branches, path } = step;
    const state = states.get(path);
    if (kind === "call" || kind === "approval" || kind === "map" || state?.state === "skipped") return [step];
    const lists = branches.map(({ key, steps: inner }) => ({ key, inner: stepsOnTheWay(inner, states) }));
    if (kind !== "conditional" && kind !== "switch") return lists.flatMap(({ inner }) => inner);
    const taken = lists.find(({ key }) => key === state?.branch);
    if (taken !== undefined) return taken.inner;
    // Gone past without a branch.
    if (state !== undefined && isSettled(state.state)) return [];
    return lists.reduce<OutlineStep[]>((most, { inner }) => (inner.length > most.length ? inner : most), []);
  });
}

/** The stretch of lines with the most that is going on, the later one of two such; what is above and below it is counted. */
export function fitLines(lines: readonly StepLine[], room: number, dim: (text: string) => string): string[] {
  if (lines.length <= room) return lines.map(({ text }) => text);
  const size = Math.max(1, room - 2);
  let best = { start: 0, active: -1 };
  for (let start = 0; start + size <= lines.length; start++) {
    const active = lines.slice(start, start + size).filter(({ isActive }) => isActive).length;
    if (active >= best.active) best = { start, active };
  }
  const above = best.start;
  const below = lines.length - best.start - size;
  return [
    ...(above > 0 ? [dim(`… ${above} more above`)] : []),
    ...lines.slice(above, above + size).map(({ text }) => text),
    ...(below > 0 ? [dim(`… ${below} more below`)] : []),
  ];
}
