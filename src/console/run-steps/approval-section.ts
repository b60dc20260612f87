import type { Run } from "../../contract/run/run.ts";
import type { StepState } from "../../contract/workflow/step-state.ts";
import { element } from "../parts/element.ts";
import { approvalBox } from "./approval-box.ts";
import type { LivePart, RunView } from "./live-part.ts";

/** The questions of a run that wait for an answer. What is typed into one stays while others come and go. */
export function approvalSection(view: RunView, runId: string, onAnswer: (run: Run) => void): LivePart {
  const list = element("ol", { class: "approvals" });
  const section = element("section", { hidden: true }, element("h2", {}, "Waiting for an answer"), list);
  const shown = new Map<string, HTMLElement>();
  return {
    element: section,
    refresh() {
      const waiting = view.hasEnded() ? [] : [...view.known.values()].filter(asks);
      const paths = new Set(waiting.map(({ path }) => path));
      for (const [path, box] of shown) {
        if (paths.has(path)) continue;
        box.remove();
        shown.delete(path);
      }
      for (const state of waiting) {
        if (shown.has(state.path)) continue;
        const box = approvalBox(view.registry, runId, state, onAnswer, view.left);
        shown.set(state.path, box);
        list.append(box);
      }
      section.hidden = shown.size === 0;
    },
  };
}

function asks({ state, approval }: StepState): boolean {
  return state === "waiting" && approval !== null && approval.answer === null;
}
