import type { RunState } from "../../contract/run/run-state.ts";
import { element } from "../parts/element.ts";

const states = {
  queued: { sign: "○", title: "recorded; nobody does it yet" },
  leased: { sign: "◔", title: "a runner has it and prepares" },
  running: { sign: "◑", title: "under way" },
  succeeded: { sign: "✓", title: "ended, with outputs" },
  failed: { sign: "✕", title: "ended, with a failure" },
  cancelled: { sign: "⊘", title: "ended, because somebody wanted it to" },
} as const satisfies Record<RunState, { sign: string; title: string }>;

/** A run's state in a word, a sign and a colour. */
export function runBadge(state: RunState): HTMLElement {
  const { sign, title } = states[state];
  return element(
    "span",
    { class: `badge run-${state}`, title },
    element("span", { "aria-hidden": "true" }, `${sign} `),
    state,
  );
}
