import type { StepState, StepStateName } from "../../../contract/workflow/step-state.ts";
import type { Colors } from "../open-terminal.ts";
import { plainText } from "../plain-text.ts";
import { secondsBetween, showSeconds } from "../show-time.ts";

const looks = {
  running: { glyph: "●", color: "cyan" },
  waiting: { glyph: "?", color: "yellow" },
  succeeded: { glyph: "✓", color: "green" },
  kept: { glyph: "✓", color: "dim" },
  failed: { glyph: "✗", color: "red" },
  skipped: { glyph: "–", color: "dim" },
  cancelled: { glyph: "×", color: "magenta" },
} as const satisfies Record<StepStateName, { glyph: string; color: keyof Colors }>;

/** What stands before a step that was not reached yet. */
export const notReached = "○";

/** One character for a step's state, which is told without colours too. */
export function glyphOf(state: StepStateName | null, colors: Colors): string {
  return state === null ? colors.dim(notReached) : colors[looks[state].color](looks[state].glyph);
}

/** A step's state in its colour; what is no state stays as it is. */
export function paintStepState(text: string, colors: Colors): string {
  for (const [state, { color }] of Object.entries(looks)) if (text === state) return colors[color](text);
  return text;
}

/** Who does a step, as short as it stays clear: `numpy.sharpen@1.2.0`, `workflow/report@1.0.0`, `agent/builder@1.0.0#write_code`. */
export function skillText({ skill }: Pick<StepState, "skill">): string {
  return plainText(skill ?? "").replace(/^(function|template)\//, "");
}

/** How long a step took, or has taken so far; null when it did not begin. */
export function tookText({ state, started_at, finished_at }: StepState, nowMs: number): string | null {
  if (started_at === null || state === "skipped" || state === "kept") return null;
  return showSeconds(secondsBetween(started_at, finished_at ?? new Date(nowMs).toISOString()));
}

/** Why a step failed, was skipped or waits, in a line; null where nothing is to be said. */
export function whyText({ failure, reason, state }: StepState): string | null {
  if (failure !== null && state === "failed") {
    const [first = ""] = failure.message.split("\n");
    return `${failure.code}: ${plainText(first)}`;
  }
  return reason === null ? null : plainText(reason);
}
