import type { RunState } from "../../contract/run/run-state.ts";
import { isFinal } from "../../contract/run/run-state.ts";
import type { StepState } from "../../contract/workflow/step-state.ts";
import { element } from "../parts/element.ts";
import { changeWords } from "../run-steps/change-words.ts";

/** Says what changes to those who do not see it. */
export interface Announcer {
  /** What is read out; nobody sees it. */
  element: HTMLElement;
  run(state: RunState): void;
  steps(changed: readonly StepState[]): void;
}

/** Steps of a busy run change faster than anybody can listen: what comes meanwhile is said together. */
const pauseMs = 2500;

/** An announcer for one run's page. After the run's end, only that is said. */
export function announcer(left: AbortSignal): Announcer {
  const said = element("p", { class: "unseen", role: "status" });
  const waiting = new Map<string, StepState>();
  let pause: ReturnType<typeof setTimeout> | undefined;
  let hasEnded = false;
  left.addEventListener("abort", () => clearTimeout(pause), { once: true });

  function saySteps(): void {
    pause = undefined;
    if (waiting.size === 0 || hasEnded) return;
    said.textContent = changeWords([...waiting.values()]);
    waiting.clear();
    pause = setTimeout(saySteps, pauseMs);
  }

  return {
    element: said,
    run(state) {
      said.textContent = `The run is ${state}.`;
      hasEnded = isFinal(state);
    },
    steps(changed) {
      for (const step of changed) waiting.set(step.path, step);
      if (pause === undefined) saySteps();
    },
  };
}
