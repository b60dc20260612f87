import { isSettled } from "../../runs/step-states.ts";
import type { WatchedRun } from "../../runs/watched-run.ts";
import { plainText } from "../plain-text.ts";
import { waitingText } from "../waiting-text.ts";

/** How far the run is that does a step, in a few words: its percent and stage, why it waits, or the steps that it has done itself. */
export function childWords(child: WatchedRun): string[] {
  const { state, progress, steps } = child;
  if (state === "queued") return [`waits: ${plainText(waitingText(child))}`];
  if (steps.size > 0) {
    const done = [...steps.values()].filter((step) => isSettled(step.state)).length;
    return [`${done} of ${steps.size} steps so far`];
  }
  if (progress === null) return [];
  return [`${Math.floor(progress.percent)} %`, ...(progress.stage === null ? [] : [plainText(progress.stage)])];
}
