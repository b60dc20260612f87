import type { Step } from "../../contract/workflow/step.ts";
import type { Interpretation, Undoable } from "./interpretation.ts";
import { readTask } from "./read-task.ts";
import { retryOfStep } from "./retry-of-step.ts";
import { undoPath } from "./step-paths.ts";
import { StepTale } from "./step-tale.ts";

/** Undoes what was done, the last first, one after the other. What cannot be undone is told, and the others are undone. Answers when all that was done. */
export async function undoSteps(run: Interpretation, startedAt: number): Promise<number> {
  let now = startedAt;
  for (const undoable of [...run.undoable].sort(lastFirst)) now = await undoStep(run, undoable, now);
  return now;
}

/** Of those that were done at the same time, the later in the document: the order must be the same each time. */
function lastFirst(one: Undoable, other: Undoable): number {
  if (one.finishedAt !== other.finishedAt) return other.finishedAt - one.finishedAt;
  return one.place.position < other.place.position ? 1 : -1;
}

async function undoStep(run: Interpretation, { step, place }: Undoable, startedAt: number): Promise<number> {
  const { compensate } = step;
  if (compensate === undefined) return startedAt;
  const { frame } = place;
  const path = undoPath(place.path);
  // No time is too late for it.
  const here = { path, position: `${place.position}!`, frame, startedAt, deadline: null };
  const undoing: Step = { id: step.id, skill: compensate.skill };
  const tale = new StepTale(run.actions.note, undoing, here);
  const task = await readTask(run, frame, compensate, "compensate.");
  if (task.state !== "read") return tale.cannotRead(task).finishedAt;
  const retry = retryOfStep(step.retry, run.document.error_handling);
  tale.begins("running");
  const outcome = await run.actions.call({ ...task.value, path, retry, startedAt, deadline: null, isUntimed: true });
  const finishedAt = Math.max(startedAt, outcome.finishedAt);
  if (outcome.state === "failed") return tale.fails(outcome.failure, finishedAt).finishedAt;
  const result = { kind: "entity", ecsId: outcome.entity } as const;
  return tale.ends({ state: "succeeded", result, finishedAt }, { output_entity: outcome.entity }).finishedAt;
}
