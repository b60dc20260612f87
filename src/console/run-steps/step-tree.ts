import { element } from "../parts/element.ts";
import { slot } from "../parts/slot.ts";
import type { ReadStep } from "../workflow/read-steps.ts";
import type { LivePart, RunView } from "./live-part.ts";
import { runSteps } from "./run-step.ts";
import { skillLink } from "./skill-link.ts";
import { stepBadge } from "./step-badge.ts";
import { stepFacts } from "./step-facts.ts";
import { hasStep } from "./step-paths.ts";

/** All steps of a run: those of its document, reached or not, and what the registry tells beside them. Null: the document cannot be had. */
export function stepTree(view: RunView, document: readonly ReadStep[] | null): LivePart {
  const tree = document === null ? null : runSteps(view, document, "");
  const others = slot();
  // Of thousands of steps each is looked for once.
  const inTree = new Map<string, boolean>();
  function isInTree(path: string): boolean {
    const known = inTree.get(path) ?? (document !== null && hasStep(document, path));
    inTree.set(path, known);
    return known;
  }
  return {
    element: element("div", {}, tree?.element ?? null, others.element),
    refresh() {
      tree?.refresh();
      const told = [...view.known.values()].filter(({ path }) => !isInTree(path));
      told.sort((one, other) => (one.position < other.position ? -1 : 1));
      others.show(told, () =>
        told.length === 0
          ? []
          : [
              element(
                "ol",
                { class: "steps" },
                ...told.map((state) =>
                  element(
                    "li",
                    { class: "step run-step", "data-state": state.state, "data-path": state.path },
                    element(
                      "div",
                      { class: "step-head" },
                      stepBadge(state.state),
                      element("code", { class: "step-id" }, state.path),
                      state.skill === null ? null : skillLink(state.skill),
                    ),
                    element("div", { class: "step-now" }, ...stepFacts(state)),
                  ),
                ),
              ),
            ],
      );
    },
  };
}
