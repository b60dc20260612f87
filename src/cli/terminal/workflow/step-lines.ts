import type { StepState } from "../../../contract/workflow/step-state.ts";
import { inOrder, isSettled, type StepStates } from "../../runs/step-states.ts";
import type { WatchedRun } from "../../runs/watched-run.ts";
import { plainText } from "../plain-text.ts";
import { isWaitKnown, waitingText } from "../waiting-text.ts";
import { answerCommand } from "./approval-lines.ts";
import { skillText, tookText, whyText } from "./step-look.ts";

/** What has come about since: a line for each step that came into another state, in the order of the document. */
export function stepLines(before: StepStates, now: StepStates, run: string): string[] {
  return inOrder(now.values()).flatMap((step) => {
    const known = before.get(step.path);
    if (known?.state === step.state && known.attempt === step.attempt && isAnswered(known) === isAnswered(step))
      return [];
    return lineOf(step, run) ?? [];
  });
}

/** Why the run waits that does a step; null when it does not, or it is not known why. */
export function childLine(path: string, child: WatchedRun): string | null {
  return isWaitKnown(child) ? `${plainText(path)}  waits: ${plainText(waitingText(child))}` : null;
}

function lineOf(step: StepState, run: string): string | null {
  const { path, type, state, attempt, approval } = step;
  const lead = `${plainText(path)}  `;
  const why = whyText(step);
  switch (state) {
    case "running":
      // What has others inside is told by these.
      if (type !== "sequential" || step.skill === null) return null;
      return `${lead}${attempt > 1 ? `attempt ${attempt}` : "running"}  ${skillText(step)}`;
    case "waiting":
      if (approval === null) return why === null ? `${lead}waits` : `${lead}waits: ${why}`;
      if (approval.answer !== null) return `${lead}answered by ${plainText(approval.answer.by)}`;
      return `${lead}asks: ${plainText(approval.message)}; answer with \`${answerCommand(step, run)}\`, or with --reject`;
    case "succeeded": {
      const took = tookText(step, 0);
      return `${lead}${approval === null ? "succeeded" : answerText(step)}${took === null ? "" : ` in ${took}`}`;
    }
    case "kept":
      return `${lead}kept from the run before`;
    case "failed":
    case "skipped":
    case "cancelled":
      return `${lead}${state}${why === null ? "" : `: ${why}`}`;
  }
}

function answerText({ approval }: StepState): string {
  const answer = approval?.answer ?? null;
  if (answer === null) return "answered";
  return `${answer.approved ? "approved" : "rejected"} by ${plainText(answer.by)}`;
}

function isAnswered({ state, approval }: StepState): boolean {
  return !isSettled(state) && approval !== null && approval.answer !== null;
}
