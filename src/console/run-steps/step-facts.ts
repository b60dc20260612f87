import type { StepState } from "../../contract/workflow/step-state.ts";
import { type Child, element } from "../parts/element.ts";
import { showTime } from "../parts/show-time.ts";
import { entityLink, runLink } from "../place/place-link.ts";

/** What came of a step, below its head: why not, who answered what, what it took and gave, the run that does it. */
export function stepFacts(state: StepState): HTMLElement[] {
  const { reason, failure, approval } = state;
  return [
    ...(reason === null ? [] : [element("p", { class: "step-reason" }, reason)]),
    ...(failure === null
      ? []
      : [
          element(
            "p",
            { class: "step-failure" },
            element("code", {}, failure.code),
            " ",
            failure.message,
            failure.attempt > 1 ? ` (attempt ${failure.attempt})` : null,
          ),
        ]),
    ...(approval?.answer == null
      ? []
      : [
          element(
            "p",
            {},
            approval.answer.approved ? "Approved by " : "Rejected by ",
            element("strong", {}, approval.answer.by),
            " ",
            showTime(approval.answer.at),
            approval.answer.comment === null ? null : `: “${approval.answer.comment}”`,
          ),
        ]),
    ...linksOf(state),
  ];
}

/** Many steps have the same links: for those who hear them, each says of which step it is. */
function linksOf({ path, run, input_entity: taken, output_entity: given }: StepState): HTMLElement[] {
  const links: [string, string, string | null][] = [
    ["run", `of step ${path}`, run === null ? null : runLink(run)],
    ["what it took", `in step ${path}`, taken === null ? null : entityLink(taken)],
    ["what it gave", `in step ${path}`, given === null ? null : entityLink(given)],
  ];
  const shown: Child[] = links.flatMap(([text, where, href]) =>
    href === null ? [] : [element("a", { href }, text, element("span", { class: "unseen" }, ` ${where}`))],
  );
  return shown.length === 0 ? [] : [element("p", { class: "step-links" }, ...shown)];
}
