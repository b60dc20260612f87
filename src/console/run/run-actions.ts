import type { Run } from "../../contract/run/run.ts";
import { isFinal } from "../../contract/run/run-state.ts";
import type { StepState } from "../../contract/workflow/step-state.ts";
import type { Registry } from "../open-registry.ts";
import { cancelForm } from "./cancel-form.ts";
import { retryForm } from "./retry-form.ts";

/** What can be done about a run now: cancel it, or run it again from a step on. */
export function runActions(
  registry: Registry,
  run: Run,
  steps: readonly StepState[],
  onRun: (run: Run) => void,
  left: AbortSignal,
): HTMLElement[] {
  if (!isFinal(run.state)) return [cancelForm(registry, run.id, onRun, left)];
  if (run.kind !== "workflow") return [];
  const inOrder = [...steps].sort((one, other) => (one.position < other.position ? -1 : 1));
  return [retryForm(registry, run.id, { hasFailed: run.state !== "succeeded", steps: inOrder }, left)];
}
