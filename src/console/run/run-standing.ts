import type { Progress } from "../../contract/run/progress.ts";
import type { Run } from "../../contract/run/run.ts";
import type { RunFailure } from "../../contract/run/run-failure.ts";
import type { Waiting } from "../../contract/run/waiting.ts";
import { codeBlock } from "../parts/code-block.ts";
import { durationText } from "../parts/duration-text.ts";
import { element } from "../parts/element.ts";
import { showTime } from "../parts/show-time.ts";

/** What is to be said of a run as it stands: why it waits, how far it is, why it failed, who cancelled it. */
export function runStanding(run: Run): HTMLElement[] {
  switch (run.state) {
    case "queued":
      return run.waiting === null ? [] : [waitingPanel(run.waiting)];
    case "leased":
    case "running":
      return run.progress === null ? [] : [progressBar(run.progress)];
    case "failed":
      return [failureBox(run.failure)];
    case "cancelled":
      return [
        element(
          "div",
          { class: "panel" },
          element("p", {}, `Cancelled by ${run.cancelled_by}`, run.reason === null ? "." : `: ${run.reason}`),
        ),
      ];
    case "succeeded":
      return [];
  }
}

/** A failure in words: what is wrong first, then what class of failures that is. */
export function failureBox(failure: RunFailure): HTMLElement {
  return element(
    "div",
    { class: "panel failure" },
    element("h2", {}, "It failed"),
    element("p", {}, failure.message),
    failure.detail === null ? null : codeBlock("the last lines of the traceback", failure.detail, "shell"),
    element(
      "p",
      { class: "quiet" },
      element("code", {}, failure.code),
      ` · ${failure.class} · attempt ${failure.attempt}`,
      failure.runner === null ? null : ` · on ${failure.runner}`,
      " · ",
      showTime(failure.at),
    ),
  );
}

function waitingPanel(waiting: Waiting): HTMLElement {
  const unmet = waiting.why === "no_capable_runner" ? waiting.unmet : [];
  return element(
    "div",
    { class: "panel" },
    element("p", {}, element("strong", {}, "Waiting: "), waiting.message),
    unmet.length === 0
      ? null
      : element(
          "ul",
          {},
          ...unmet.map(({ requirement, asked, found }) =>
            element(
              "li",
              {},
              `${requirement}: asks for ${asked}, ${found === null ? "nobody has any" : `the nearest has ${found}`}`,
            ),
          ),
        ),
  );
}

function progressBar({ percent, stage, message, eta_seconds: eta }: Progress): HTMLElement {
  const words = [
    `${Math.round(percent)} %`,
    ...(stage === null ? [] : [stage]),
    ...(message === null ? [] : [message]),
    ...(eta === null ? [] : [`about ${durationText(eta * 1000)} to go`]),
  ];
  return element(
    "div",
    { class: "progress" },
    element("progress", { max: "100", value: String(percent), "aria-label": "Progress of the run" }),
    element("span", { class: "quiet" }, words.join(" · ")),
  );
}
