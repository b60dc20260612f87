import type { StepState } from "../../../contract/workflow/step-state.ts";
import { shortId } from "../../short-id.ts";
import type { Terminal } from "../open-terminal.ts";
import { plainText } from "../plain-text.ts";
import { table } from "../table.ts";
import { paintStepState, skillText, tookText, whyText } from "./step-look.ts";

const head = ["STEP", "STATE", "SKILL", "TRIES", "TOOK", "RUN", "WHY"];

/** Steps of a run as a table, in the order that they are given in. */
export function stepTable(terminal: Terminal, steps: readonly StepState[], nowMs: number): string {
  const rows = steps.map((step) => [
    step.path,
    step.state,
    skillText(step) || typeText(step),
    step.attempt === 0 ? "" : String(step.attempt),
    tookText(step, nowMs) ?? "",
    step.run === null ? "" : shortId(step.run),
    remarkOf(step),
  ]);
  return table(terminal, head, rows, (text, column) =>
    column === 0 ? terminal.colors.bold(text) : column === 1 ? paintStepState(text, terminal.colors) : text,
  );
}

/** The steps that a short table has: all, or of many items of maps only those that did not just succeed. */
export function notableSteps(steps: readonly StepState[]): StepState[] {
  const ofItems = steps.filter(({ path }) => path.includes("["));
  if (ofItems.length <= mostItems) return [...steps];
  const notable = new Set(ofItems.filter(({ state }) => !["succeeded", "kept"].includes(state)).slice(0, mostItems));
  return steps.filter((step) => !step.path.includes("[") || notable.has(step));
}

const mostItems = 24;

function typeText({ type, branch, items }: StepState): string {
  if (type === "map") return items === null ? "map" : `map of ${items}`;
  return branch === null ? type : `${type}: ${plainText(branch)}`;
}

function remarkOf(step: StepState): string {
  const answer = step.approval?.answer ?? null;
  if (answer !== null) {
    const comment = answer.comment === null ? "" : `: ${answer.comment}`;
    return `${answer.approved ? "approved" : "rejected"} by ${answer.by}${comment}`;
  }
  if (step.state === "waiting" && step.approval !== null) return `asks: ${step.approval.message}`;
  return whyText(step) ?? "";
}
