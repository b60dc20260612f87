import type { StepState } from "../../../contract/workflow/step-state.ts";
import type { OutlineStep } from "../../../domain/workflow-graph/outline-workflow.ts";
import { inOrder, isSettled, type StepStates } from "../../runs/step-states.ts";
import type { WatchedRun } from "../../runs/watched-run.ts";
import { displayWidth } from "../display-width.ts";
import type { Colors } from "../open-terminal.ts";
import { plainText, shorten } from "../plain-text.ts";
import { isWaitKnown } from "../waiting-text.ts";
import { wrapText } from "../wrap-text.ts";
import { approvalLines } from "./approval-lines.ts";
import { childWords } from "./child-words.ts";
import { type FoldedItems, foldItems } from "./fold-items.ts";
import { glyphOf, skillText, tookText, whyText } from "./step-look.ts";
import { stepTree, type TreeRow } from "./step-tree.ts";
import { branchWords, stepWords } from "./step-words.ts";

/** What is known of the steps of a run. */
export interface ShownSteps {
  run: string;
  /** Null where the document is not at hand: then only steps that were reached are shown. */
  outline: readonly OutlineStep[] | null;
  states: StepStates;
  /** Runs that do steps, as far as they are followed; by the step's path. */
  children: ReadonlyMap<string, WatchedRun>;
}

export interface StepsLook {
  colors: Colors;
  /** Columns that a line may have. */
  width: number;
  nowMs: number;
}

/** A line of the drawing. `isActive`: it is what people look for: something is done here, waits or failed. */
export interface StepLine {
  text: string;
  isActive: boolean;
}

const widestNames = 40;
const mostNotable = 3;
const mostWhyLines = 3;

/** The steps of a run as a tree, each with its state; items of a map are folded into their step. */
export function renderSteps(shown: ShownSteps, look: StepsLook): StepLine[] {
  const rows = rowsOf(shown);
  const left = Math.min(
    widestNames,
    Math.max(0, ...rows.map(({ lead, step }) => displayWidth(lead + (step?.id ?? "")) + 2)),
  );
  return rows.flatMap((row) => rowLines(row, shown, look, left));
}

function rowsOf({ outline, states }: ShownSteps): TreeRow[] {
  if (outline === null) return inOrder(states.values()).map(flatRow);
  return stepTree(outline, (step, { key }) => {
    const state = states.get(step.path);
    if (step.kind === "map" || state?.state === "skipped") return false;
    // Only one branch of a choice is gone through, and once it is known, the others need no lines.
    return step.kind !== "conditional" && step.kind !== "switch" ? true : (state?.branch ?? key) === key;
  });
}

function flatRow({ path }: StepState): TreeRow {
  const nothing = { skill: null, chosenBy: null, condition: null, over: null, item: null, atOnce: null, message: null };
  const more = { approvers: [], attempts: null, timeoutSeconds: null, undo: null, branches: [] };
  return {
    step: { path, pointer: "", id: path, kind: "call", ...nothing, ...more },
    branch: null,
    lead: "",
    below: "  ",
  };
}

function rowLines(row: TreeRow, shown: ShownSteps, look: StepsLook, left: number): StepLine[] {
  const { step, branch, lead, below } = row;
  const { colors, width } = look;
  if (step === null) return [{ text: colors.dim(lead + branchText(branch, shown)), isActive: false }];
  const state = shown.states.get(step.path);
  const folded = step.kind === "map" && state !== undefined ? foldItems(step, shown.states) : null;
  const used = displayWidth(lead + step.id) + 2;
  const gap = " ".repeat(Math.max(0, left - used) + 2);
  const room = width - Math.max(used, left) - 2;
  const told = shorten(partsOf(step, state, folded, shown, look).join("  "), Math.max(8, room));
  const isQuiet = state === undefined || state.state === "skipped" || state.state === "kept";
  const isActive = state !== undefined && (state.state === "failed" || !isSettled(state.state));
  const name = isQuiet ? step.id : colors.bold(step.id);
  const text = `${colors.dim(lead)}${glyphOf(state?.state ?? null, colors)} ${name}${gap}${isQuiet ? colors.dim(told) : told}`;
  const more = [
    ...(isActive ? waitLines(step, shown, look, width - below.length) : []),
    ...(state === undefined ? [] : detailLines(state, shown.run, look, width - below.length)),
    ...notableLines(step, folded, shown, look, width - below.length),
    ...undoLines(step, shown, look),
  ];
  return [
    { text: text.trimEnd(), isActive },
    ...more.map((line) => ({ text: colors.dim(below) + line, isActive: true })),
  ];
}

function branchText(branch: TreeRow["branch"], { states }: ShownSteps): string {
  if (branch === null) return "";
  const { of, key } = branch;
  const taken = states.get(of.path)?.branch ?? null;
  return `${branchWords(of, key)}:${taken === null || taken === key ? "" : "  not taken"}`;
}

/** What stands behind a step's name, what matters most first: the end may be cut. */
function partsOf(
  step: OutlineStep,
  state: StepState | undefined,
  folded: FoldedItems | null,
  { children }: ShownSteps,
  { nowMs }: StepsLook,
): string[] {
  if (state === undefined) return [stepWords(step)];
  if (state.state === "skipped" || state.state === "cancelled") return [whyText(state) ?? state.state];
  const took = tookText(state, nowMs);
  const child = isSettled(state.state) ? undefined : children.get(step.path);
  const facts = [
    ...(folded === null ? [] : [itemWords(folded)]),
    ...(took === null ? [] : [took]),
    ...(state.attempt > 1 ? [isSettled(state.state) ? `${state.attempt} attempts` : `attempt ${state.attempt}`] : []),
    ...(state.state === "kept" ? [whyText(state) ?? "kept from the run before"] : []),
    ...(child === undefined || child.state === "queued" ? [] : childWords(child)),
  ];
  if (step.kind === "approval") return [approvalWords(state) ?? stepWords(step), ...facts];
  return step.kind === "call" ? [skillText(state) || stepWords(step), ...facts] : [...facts, stepWords(step)];
}

function approvalWords({ state, approval }: StepState): string | null {
  if (approval === null) return null;
  const { answer } = approval;
  if (answer !== null) return `${answer.approved ? "approved" : "rejected"} by ${plainText(answer.by)}`;
  return state === "waiting" ? "waits for an answer" : null;
}

/** Why the run waits that does a step, or one of those that do it for a map's items, as far as they are followed. */
function waitLines({ path }: OutlineStep, { children }: ShownSteps, { colors }: StepsLook, width: number): string[] {
  const [, child] =
    [...children].find(([at, run]) => isWaitKnown(run) && (at === path || at.startsWith(`${path}[`))) ?? [];
  const text = child === undefined ? "" : childWords(child).join("  ");
  return text === ""
    ? []
    : wrapText(text, width)
        .slice(0, 2)
        .map((line) => colors.yellow(line));
}

function itemWords({ total, done, failed, underWay, undone }: FoldedItems): string {
  return [
    `${done}/${total ?? "?"}`,
    ...(failed === 0 ? [] : [`${failed} failed`]),
    ...(underWay === 0 ? [] : [`${underWay} under way`]),
    ...(undone === 0 ? [] : [`${undone} undone`]),
  ].join(", ");
}

function detailLines(state: StepState, run: string, { colors }: StepsLook, width: number): string[] {
  if (state.state === "waiting") return approvalLines(state, run, width, colors);
  const why = state.state === "failed" ? whyText(state) : null;
  return why === null
    ? []
    : wrapText(why, width)
        .slice(0, mostWhyLines)
        .map((line) => colors.red(line));
}

/** Of a map's items only those are shown that need somebody's attention. */
function notableLines(
  { path }: OutlineStep,
  folded: FoldedItems | null,
  { run }: ShownSteps,
  look: StepsLook,
  width: number,
): string[] {
  const notable = folded?.notable ?? [];
  const lines = notable.slice(0, mostNotable).flatMap((state) => {
    const title = `${glyphOf(state.state, look.colors)} ${plainText(state.path.slice(path.length))}`;
    return [title, ...detailLines(state, run, look, width - 2).map((line) => `  ${line}`)];
  });
  const more = notable.length - mostNotable;
  return more > 0 ? [...lines, look.colors.dim(`and ${more} more`)] : lines;
}

function undoLines({ path, undo }: OutlineStep, { states }: ShownSteps, { colors, nowMs }: StepsLook): string[] {
  const state = states.get(`${path}!undo`);
  if (state === undefined) return [];
  const parts = [
    "undo",
    skillText(state) || plainText(undo ?? ""),
    tookText(state, nowMs) ?? "",
    state.state === "succeeded" ? "" : (whyText(state) ?? ""),
  ];
  return [`${glyphOf(state.state, colors)} ${parts.filter((part) => part !== "").join("  ")}`];
}
