import type { StepStateName } from "../../contract/workflow/step-state.ts";
import { element } from "../parts/element.ts";

/** A step's state as it is shown; the two that no registry tells are of steps that it says nothing of. */
export type ShownState = StepStateName | "to come" | "not reached";

const states = {
  "to come": { sign: "○", title: "not begun yet" },
  "not reached": { sign: "○", title: "the run ended before it came to this" },
  running: { sign: "◑", title: "under way" },
  waiting: { sign: "?", title: "waits for somebody's answer" },
  succeeded: { sign: "✓", title: "done" },
  kept: { sign: "✓", title: "taken over from the run that this one is a retry of" },
  failed: { sign: "✕", title: "failed for good" },
  skipped: { sign: "–", title: "not gone through" },
  cancelled: { sign: "⊘", title: "ended with the run" },
} as const satisfies Record<ShownState, { sign: string; title: string }>;

/** A step's state in a word, a sign and a colour. */
export function stepBadge(state: ShownState): HTMLElement {
  const { sign, title } = states[state];
  return element(
    "span",
    { class: `badge step-state at-${state.replace(" ", "-")}`, title },
    element("span", { "aria-hidden": "true" }, `${sign} `),
    state,
  );
}
