import type { Run } from "../../contract/run/run.ts";
import type { StepState, StepStateName } from "../../contract/workflow/step-state.ts";

/** Steps of a workflow's run as they stand, by their paths. Empty for other runs. */
export type StepStates = ReadonlyMap<string, StepState>;

/** The steps that an answer about a run tells. */
export function stepStates(run: Run): StepStates {
  return new Map((run.steps ?? []).map((step) => [step.path, step]));
}

/** The same with what else was heard of steps. What has ended does not begin again: an older answer changes nothing. */
export function withSteps(known: StepStates, heard: Iterable<StepState>): StepStates {
  const all = new Map(known);
  for (const step of heard) {
    const before = all.get(step.path);
    if (before === undefined || !isOlder(step, before)) all.set(step.path, step);
  }
  return all;
}

/** Whether a step in this state is done with. */
export function isSettled(state: StepStateName): boolean {
  return state !== "running" && state !== "waiting";
}

/** Steps in the order of the document. */
export function inOrder(steps: Iterable<StepState>): StepState[] {
  return [...steps].sort((a, b) => (a.position < b.position ? -1 : a.position > b.position ? 1 : 0));
}

function isOlder(heard: StepState, known: StepState): boolean {
  if (isSettled(known.state) !== isSettled(heard.state)) return isSettled(known.state);
  return heard.attempt < known.attempt;
}
