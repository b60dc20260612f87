import type { RunSummary } from "../../contract/run/run.ts";
import { factBadge } from "../parts/badge.ts";
import { elapsedTime } from "../parts/elapsed-time.ts";
import { element } from "../parts/element.ts";
import { showTime } from "../parts/show-time.ts";
import { runLink } from "../place/place-link.ts";
import { runBadge } from "./run-badge.ts";

/** One run of the list. The whole row leads to its page. */
export function runItem(run: RunSummary): HTMLLIElement {
  const { id, state, kind, name, version, failure, parent, percent } = run;
  const link = element("a", { href: runLink(id), class: "entry-link" }, name);
  return element(
    "li",
    { class: "entry run-entry" },
    element(
      "div",
      { class: "entry-head" },
      element("h2", {}, link),
      element("code", { class: "entry-name" }, `@${version}`),
      element("code", { class: "entry-name", title: `run ${id}` }, id),
    ),
    failure === null ? null : element("p", {}, failure.message),
    parent === null
      ? null
      : element(
          "p",
          {},
          "does step ",
          element("code", {}, parent.step),
          " of ",
          element("a", { href: runLink(parent.run) }, "a workflow's run"),
        ),
    element(
      "div",
      { class: "entry-facts" },
      runBadge(state),
      percent !== null && state === "running" ? element("span", { class: "quiet" }, `${Math.round(percent)} %`) : null,
      factBadge(kind, `a run of a ${kind}`),
      run.attempt > 1 ? factBadge(`attempt ${run.attempt}`, "attempts that were begun") : null,
      run.retry_of === null ? null : factBadge("retry", `goes on from run ${run.retry_of}`),
      run.replay_of === null ? null : factBadge("replay", `the same inputs as run ${run.replay_of}`),
      run.started_at !== null && run.finished_at !== null
        ? element("span", { class: "quiet" }, elapsedTime(run.started_at, run.finished_at))
        : null,
      element("span", { class: "quiet" }, showTime(run.created_at)),
    ),
  );
}
