import type { StepState } from "../../contract/workflow/step-state.ts";

/** So many changes are told one by one. */
const fewChanges = 3;

const words = {
  running: "is under way",
  waiting: "waits for an answer",
  succeeded: "is done",
  kept: "was kept",
  failed: "failed",
  skipped: "is skipped",
  cancelled: "is cancelled",
} as const satisfies Record<StepState["state"], string>;

/** Steps that came into another state, in words for those who do not see it. */
export function changeWords(changed: readonly StepState[]): string {
  if (changed.length <= fewChanges) return changed.map(({ path, state }) => `Step ${path} ${words[state]}.`).join(" ");
  const notable = changed.filter(({ state }) => state === "failed" || state === "waiting");
  const told = notable.slice(0, fewChanges).map(({ path, state }) => ` Step ${path} ${words[state]}.`);
  return `${changed.length} steps went on.${told.join("")}`;
}
