import { factBadge } from "../parts/badge.ts";
import { elapsedTime } from "../parts/elapsed-time.ts";
import { type Child, element } from "../parts/element.ts";
import { slot } from "../parts/slot.ts";
import { countSteps, type ReadBranch, type ReadStep } from "../workflow/read-steps.ts";
import { conditionText, loopText } from "../workflow/step-words.ts";
import type { LivePart, RunView } from "./live-part.ts";
import { mapItems } from "./map-items.ts";
import { skillLink } from "./skill-link.ts";
import { stepBadge } from "./step-badge.ts";
import { stepFacts } from "./step-facts.ts";
import { insideOf, undoOf } from "./step-paths.ts";

/** Steps in their order, each as it stands; `within` begins their paths. */
export function runSteps(view: RunView, steps: readonly ReadStep[], within: string): LivePart {
  const parts = steps.map((step) => runStep(view, step, within + step.id));
  return {
    element: element("ol", { class: "steps" }, ...parts.map((part) => part.element)),
    refresh() {
      for (const part of parts) part.refresh();
    },
  };
}

function runStep(view: RunView, step: ReadStep, path: string): LivePart {
  const head = slot({ class: "step-head" });
  const facts = slot({ class: "step-now" });
  const undo = slot();
  const inside = insideParts(view, step, path);
  const item = element(
    "li",
    { class: `step run-step step-${step.type}`, "data-path": path },
    head.element,
    facts.element,
    undo.element,
    inside.length === 0
      ? null
      : element("div", { class: `branches branches-${step.type}` }, ...inside.map((part) => part.element)),
  );

  function refresh(): void {
    const state = view.known.get(path);
    const shown = state?.state ?? (view.hasEnded() ? "not reached" : "to come");
    item.dataset.state = shown;
    head.show([state, shown], () => [
      stepBadge(shown),
      element("code", { class: "step-id" }, step.id),
      step.type === "sequential" ? null : factBadge(step.type, `step_type: ${step.type}`),
      skillText(step, state?.skill ?? null),
      conditionText(step),
      loopText(step),
      state !== undefined && state.attempt > 1
        ? factBadge(`attempt ${state.attempt}`, "attempts that were begun")
        : null,
      timeText(state?.started_at ?? null, state?.finished_at ?? null),
    ]);
    facts.show(state, () => (state === undefined ? [] : stepFacts(state)));
    const undoing = view.known.get(undoOf(path));
    undo.show(undoing, () =>
      undoing === undefined
        ? []
        : [
            element(
              "div",
              { class: "step-undo" },
              element(
                "div",
                { class: "step-head" },
                stepBadge(undoing.state),
                "undone by ",
                undoing.skill === null ? "" : skillLink(undoing.skill),
              ),
              ...stepFacts(undoing),
            ),
          ],
    );
    for (const part of inside) part.refresh();
  }

  return { element: item, refresh };
}

/** Who does it, where that is fixed; else what is asked for. */
function skillText({ skill }: ReadStep, pinned: string | null): Child {
  if (pinned !== null) return element("span", { class: "step-skill" }, skillLink(pinned));
  return skill === null ? null : element("span", { class: "step-skill" }, element("code", {}, skill));
}

function timeText(from: string | null, to: string | null): Child {
  return from === null ? null : element("span", { class: "step-time" }, elapsedTime(from, to));
}

function insideParts(view: RunView, step: ReadStep, path: string): LivePart[] {
  if (step.type !== "map") return step.branches.map((branch) => branchBox(view, step, path, branch));
  return step.branches.map((branch) => {
    const stepsOf = (item: number) => runSteps(view, branch.steps, insideOf(path, step, branch, item));
    return mapItems(view, { step, path, branch, stepsOf });
  });
}

/** A branch: open where it is gone through, closed where another one was taken. */
function branchBox(view: RunView, step: ReadStep, path: string, branch: ReadBranch): LivePart {
  const steps = runSteps(view, branch.steps, insideOf(path, step, branch));
  const count = countSteps(branch.steps);
  const word = element("span", {});
  const title = element("strong", {}, branch.label);
  const box =
    count === 0
      ? element("p", { class: "branch" }, title, " · nothing is done", word)
      : element(
          "details",
          { class: "branch", open: true },
          element("summary", {}, title, ` · ${count} ${count === 1 ? "step" : "steps"}`, word),
          steps.element,
        );
  let shown: BranchState = "open";
  return {
    element: box,
    refresh() {
      const state = branchState(view, step, path, branch);
      if (state !== shown) {
        shown = state;
        word.textContent = state === "open" || state === "out of reach" ? "" : ` · ${state}`;
        const isLeftOut = state === "not taken" || state === "out of reach";
        if (box instanceof HTMLDetailsElement) box.open = !isLeftOut;
        box.classList.toggle("branch-left-out", isLeftOut);
      }
      steps.refresh();
    },
  };
}

/** What is known of a branch. `out of reach`: what it stands in was skipped, or the run ended before. */
type BranchState = "open" | "taken" | "not taken" | "out of reach";

function branchState(view: RunView, { type }: ReadStep, path: string, { key }: ReadBranch): BranchState {
  const state = view.known.get(path);
  if (state === undefined) return view.hasEnded() ? "out of reach" : "open";
  if (state.state === "skipped") return "out of reach";
  if (type !== "conditional" && type !== "switch") return "open";
  if (state.branch !== null) return state.branch === key ? "taken" : "not taken";
  // No case was the value's: none is gone through.
  return state.state === "succeeded" ? "not taken" : "open";
}
