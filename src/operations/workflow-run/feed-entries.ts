import type { RunRow } from "../../bindings/d1/run/run-row.ts";
import type { FeedEntry } from "../../bindings/durable/run-feed.ts";
import type { StepState } from "../../contract/workflow/step-state.ts";
import { workflowRunner } from "./workflow-runner.ts";

/** The event that a step came into the state that it is in. */
export function stepEntry(step: StepState): FeedEntry {
  const key = [step.path, step.state, step.run ?? "", step.attempt].join(" ");
  const at = step.finished_at ?? step.started_at ?? new Date(0).toISOString();
  return { key, event: { type: "step", at, step } };
}

/** The event that a run came into the state that its row says. */
export function stateEntry({ state, state_since: at, attempt, failure }: RunRow): FeedEntry {
  const runner = state === "queued" ? null : workflowRunner.name;
  return { key: `state ${state}`, event: { type: "state", at, state, attempt, runner, failure, retry_at: null } };
}
