import type { Attempt } from "../../contract/run/run.ts";
import { elapsedTime } from "../parts/elapsed-time.ts";
import { element } from "../parts/element.ts";
import { showTime } from "../parts/show-time.ts";

/** The attempts at a run, oldest first. */
export function attemptTable(attempts: readonly Attempt[]): HTMLElement {
  const columns = ["Attempt", "Runner", "Began", "Took", "Outcome", "Why"];
  return element(
    "section",
    {},
    element("h2", {}, "Attempts"),
    element(
      "table",
      { class: "fields", "aria-label": "Attempts" },
      element("thead", {}, element("tr", {}, ...columns.map((column) => element("th", { scope: "col" }, column)))),
      element("tbody", {}, ...attempts.map(attemptRow)),
    ),
  );
}

function attemptRow({ attempt, runner, leased_at: from, ended_at: to, outcome, failure }: Attempt): HTMLElement {
  return element(
    "tr",
    {},
    element("th", { scope: "row" }, String(attempt)),
    element("td", { "data-label": "Runner" }, runner.name),
    element("td", { "data-label": "Began" }, showTime(from)),
    element("td", { "data-label": "Took" }, elapsedTime(from, to)),
    element("td", { "data-label": "Outcome" }, outcome.replace("_", " ")),
    element("td", { "data-label": "Why" }, failure === null ? null : `${failure.code}: ${failure.message}`),
  );
}
