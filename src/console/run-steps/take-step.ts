import type { StepState } from "../../contract/workflow/step-state.ts";

/** Steps of a run as they are known, by path. */
export type KnownSteps = Map<string, StepState>;

/** Takes a step as it was told, unless more is known of it already: events are told again from the first. False when nothing changed. */
export function takeStep(known: KnownSteps, told: StepState): boolean {
  const before = known.get(told.path);
  if (before !== undefined && (isOlder(told, before) || JSON.stringify(told) === JSON.stringify(before))) return false;
  known.set(told.path, told);
  return true;
}

function isOlder(told: StepState, known: StepState): boolean {
  if (told.attempt !== known.attempt) return told.attempt < known.attempt;
  return isOpen(told) && !isOpen(known);
}

/** Whether a step is under way or waits. */
export function isOpen({ state }: StepState): boolean {
  return state === "running" || state === "waiting";
}
