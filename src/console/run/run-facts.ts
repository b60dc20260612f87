import type { Run } from "../../contract/run/run.ts";
import { isFinal } from "../../contract/run/run-state.ts";
import { elapsedTime } from "../parts/elapsed-time.ts";
import { type Child, element } from "../parts/element.ts";
import { fact } from "../parts/fact.ts";
import { showTime } from "../parts/show-time.ts";
import { runLink, runsLink } from "../place/place-link.ts";

/** When a run was made and by whom, how long it took, where it belongs. */
export function runFacts(run: Run): HTMLElement {
  const started = "started_at" in run ? run.started_at : null;
  const finished = "finished_at" in run ? run.finished_at : null;
  return element(
    "dl",
    { class: "facts" },
    ...fact("Asked for", showTime(run.created_at), ` by ${run.created_by}`),
    ...(started === null ? [] : fact(finished === null ? "Running for" : "Took", elapsedTime(started, finished))),
    ...(run.kind === "workflow" ? [] : fact("Attempts", `${run.attempt} of ${run.max_attempts}`)),
    ...(run.kind === "workflow" || run.kind === "agent" ? [] : fact("Pool", `${run.pool}, priority ${run.priority}`)),
    ...("runner" in run && run.runner.id !== run.pool && run.kind !== "workflow"
      ? fact("Runner", runnerText(run.runner))
      : []),
    ...(Object.keys(run.labels).length === 0 ? [] : fact("Labels", ...labelBadges(run.labels))),
    ...(run.parent === null
      ? []
      : fact("Does step", element("code", {}, run.parent.step), " of ", runText(run.parent.run, "a workflow's run"))),
    ...(run.retry_of === null ? [] : fact("Retry of", runText(run.retry_of.run), ...fromText(run.retry_of.from))),
    ...(run.replay === null ? [] : fact("Replay of", runText(run.replay.of), replayText(run.replay, run.state))),
    ...(run.kind === "workflow"
      ? fact("Runs of its steps", element("a", { href: runsLink({ steps: run.id }) }, "list them"))
      : []),
  );
}

function runText(id: string, text = id): HTMLElement {
  return element("a", { href: runLink(id) }, text === id ? element("code", {}, id) : text);
}

function runnerText({ name, device }: { name: string; device: number | null }): string {
  return device === null ? name : `${name}, device ${device}`;
}

function fromText(from: string): Child[] {
  return from === "" ? [] : [" from ", element("code", {}, from)];
}

function replayText({ outputs_equal: equal, differences }: NonNullable<Run["replay"]>, state: Run["state"]): string {
  if (equal === true) return ": the outputs are equal";
  if (equal === false) return `: the outputs differ at ${differences.map(({ path }) => path || "/").join(", ")}`;
  return isFinal(state) ? ": nothing to compare" : "";
}

function labelBadges(labels: Record<string, string>): HTMLElement[] {
  return Object.entries(labels).map(([key, value]) => element("code", { class: "badge label" }, `${key}: ${value}`));
}
