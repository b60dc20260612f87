import { fillPath } from "../../client/fill-path.ts";
import { listRunLogs } from "../../contract/http/runs.ts";
import type { Run } from "../../contract/run/run.ts";
import type { RunEvent } from "../../contract/run/run-event.ts";
import { isFinal } from "../../contract/run/run-state.ts";
import type { StepState } from "../../contract/workflow/step-state.ts";
import { entityBox } from "../entity/entity-box.ts";
import type { Registry } from "../open-registry.ts";
import { element } from "../parts/element.ts";
import { slot } from "../parts/slot.ts";
import { takeStep } from "../run-steps/take-step.ts";
import { workflowPart } from "../run-steps/workflow-part.ts";
import { announcer } from "./announcer.ts";
import { attemptTable } from "./attempt-table.ts";
import { followRun } from "./follow-run.ts";
import { logPanel } from "./log-panel.ts";
import { outputSection } from "./output-section.ts";
import { runActions } from "./run-actions.ts";
import { runBadge } from "./run-badge.ts";
import { runFacts } from "./run-facts.ts";
import { runStanding } from "./run-standing.ts";

/** All of a run's page that follows the run. */
export function runBody(registry: Registry, first: Run, left: AbortSignal): HTMLElement {
  const known = new Map<string, StepState>();
  let run = first;
  const view = { registry, known, hasEnded: () => isFinal(run.state), left };
  const voice = announcer(left);
  const line = element(
    "p",
    { class: "quiet line", hidden: true },
    "Its events do not come now; it is read every few seconds instead.",
  );
  const badge = slot({ class: "run-state" });
  const facts = slot();
  const standing = slot();
  const actions = slot({ class: "run-actions" });
  const outputs = slot();
  const attempts = slot();
  const log = logPanel(`curl ${registry.client.url}${fillPath(listRunLogs.path, { run_id: first.id }) ?? ""}`);
  const steps = first.kind === "workflow" ? workflowPart(view, first, takeAnswer) : null;

  function takeRun(now: Run): void {
    // An answer may be late: what has ended is never open again.
    if (isFinal(run.state) && !isFinal(now.state)) return;
    const before = run.state;
    run = now;
    const changed = (now.steps ?? []).filter((step) => takeStep(known, step));
    show();
    if (now.state !== before) voice.run(now.state);
    voice.steps(changed);
  }

  /** What was acted with is gone then: one goes on at the top. */
  function takeAnswer(now: Run): void {
    takeRun(now);
    document.querySelector<HTMLElement>("main h1")?.focus();
  }

  function takeEvents(events: readonly RunEvent[]): void {
    const changed = new Map<string, StepState>();
    for (const event of events) {
      if (event.type === "step" && takeStep(known, event.step)) changed.set(event.step.path, event.step);
      if (event.type === "progress" && !isFinal(run.state)) run = { ...run, progress: event.progress };
    }
    log.add(events.filter((event) => event.type === "log"));
    show();
    voice.steps([...changed.values()]);
  }

  function show(): void {
    document.title = `${run.name}: ${run.state} · Callsheet`;
    badge.show(run.state, () => [runBadge(run.state)]);
    facts.show({ ...run, steps: null, progress: null, attempts: null }, () => [runFacts(run)]);
    standing.show([run.state, run.progress, "waiting" in run && run.waiting], () => runStanding(run));
    actions.show(
      isFinal(run.state) ? [run.state, [...known.values()].map(({ path, state }) => [path, state])] : "open",
      () => runActions(registry, run, [...known.values()], takeAnswer, left),
    );
    outputs.show(run.state === "succeeded" && run.outputs, () => outputSection(registry, run, left));
    attempts.show(run.attempts, () =>
      run.attempts.length === 0 || run.kind === "workflow" ? [] : [attemptTable(run.attempts)],
    );
    steps?.refresh();
  }

  for (const step of first.steps ?? []) takeStep(known, step);
  show();
  const onLine = (now: "live" | "broken") => {
    line.hidden = now === "live";
  };
  followRun(registry, first, left, { onRun: takeRun, onEvents: takeEvents, onLine });
  return element(
    "div",
    {},
    voice.element,
    badge.element,
    facts.element,
    line,
    standing.element,
    actions.element,
    outputs.element,
    steps?.element ?? null,
    element(
      "section",
      {},
      element("h2", {}, "Inputs"),
      entityBox(registry, "the inputs", first.input_entity, null, left),
    ),
    attempts.element,
    log.element,
  );
}
