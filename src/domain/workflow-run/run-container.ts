import type { ParallelStep, SequenceStep, Step } from "../../contract/workflow/step.ts";
import { deadlineOfStep } from "./deadline.ts";
import type { Interpretation, ListEnd, ListPlace, StepEnd, StepPlace } from "./interpretation.ts";
import { pathsInside } from "./step-paths.ts";
import type { StepTale } from "./step-tale.ts";

/** Goes through the steps inside of a sequence or a parallel; it gives what these gave. */
export async function runContainer(
  run: Interpretation,
  step: SequenceStep | ParallelStep,
  place: StepPlace,
  tale: StepTale,
  order: ListPlace["order"],
): Promise<StepEnd> {
  tale.begins("running");
  const list = { ...listInside(step, place, null), positions: `${place.position}.`, order };
  return tale.ends(endOfContainer(await run.goThrough(step.branches.steps, list)));
}

/** Where the steps inside of a step stand; its timeout holds for all of them. */
export function listInside(
  step: Step,
  place: StepPlace,
  branch: string | null,
): Omit<ListPlace, "positions" | "order"> {
  const { frame, startedAt, path } = place;
  const deadline = deadlineOfStep(place.deadline, step.timeout, startedAt);
  return { paths: pathsInside(path, branch, null), frame, startedAt, deadline };
}

/** How what has steps inside ends: as these did. */
export function endOfContainer({ failed, results, finishedAt }: ListEnd): StepEnd {
  if (failed !== null) return { ...failed, finishedAt };
  return { state: "succeeded", result: { kind: "map", members: results }, finishedAt };
}
