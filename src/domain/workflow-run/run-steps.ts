import type { Step } from "../../contract/workflow/step.ts";
import type { FailedEnd, Interpretation, ListEnd, ListPlace, StepEnd } from "./interpretation.ts";
import { runStep } from "./run-step.ts";
import type { StepResult } from "./step-result.ts";
import { StepTale } from "./step-tale.ts";

/** Goes through a list of steps: one after the other, or all at the same time. */
export async function runSteps(run: Interpretation, steps: readonly Step[], list: ListPlace): Promise<ListEnd> {
  return list.order === "in turn" ? runInTurn(run, steps, list) : runAtOnce(run, steps, list);
}

async function runInTurn(run: Interpretation, steps: readonly Step[], list: ListPlace): Promise<ListEnd> {
  const ends: StepEnd[] = [];
  let failed: FailedEnd | null = null;
  let now = list.startedAt;
  for (const [index, step] of steps.entries()) {
    const place = placeOf(list, step, index, now);
    const end: StepEnd =
      failed === null
        ? await runStep(run, step, place)
        : new StepTale(run.actions.note, step, place).skips(`${failedBefore(ends, steps)} failed before it`);
    settle(list, step, end);
    ends.push(end);
    now = Math.max(now, end.finishedAt);
    if (end.state === "failed" && (run.onError !== "continue" || end.isFinal)) failed = end;
  }
  return endOf(steps, ends, failed, now);
}

async function runAtOnce(run: Interpretation, steps: readonly Step[], list: ListPlace): Promise<ListEnd> {
  const ends = await Promise.all(
    steps.map(async (step, index) => {
      const end = await runStep(run, step, placeOf(list, step, index, list.startedAt));
      settle(list, step, end);
      return end;
    }),
  );
  const failed = firstFailure(run, ends);
  return endOf(steps, ends, failed, Math.max(list.startedAt, ...ends.map((end) => end.finishedAt)));
}

/** The first failure that ends all that it is one of: which one happened first must not matter. */
export function firstFailure(
  run: Pick<Interpretation, "onError">,
  ends: readonly (StepEnd | null)[],
): FailedEnd | null {
  const failures = ends.flatMap((end) => (end?.state === "failed" ? [end] : []));
  const counted = run.onError === "continue" ? failures.filter((end) => end.isFinal) : failures;
  return counted[0] ?? null;
}

function placeOf(list: ListPlace, step: Step, index: number, startedAt: number) {
  const { frame, deadline, paths, positions } = list;
  const position = `${positions}${String(index).padStart(3, "0")}`;
  return { path: `${paths}${step.id}`, position, frame, startedAt, deadline };
}

function settle({ frame }: ListPlace, step: Step, end: StepEnd): void {
  frame.settle(step.id, end.state === "succeeded" ? { state: "succeeded", result: end.result } : { state: end.state });
}

function failedBefore(ends: readonly StepEnd[], steps: readonly Step[]): string {
  return steps[ends.findLastIndex((end) => end.state === "failed")]?.id ?? "a step";
}

function endOf(
  steps: readonly Step[],
  ends: readonly StepEnd[],
  failed: FailedEnd | null,
  finishedAt: number,
): ListEnd {
  const results = new Map<string, StepResult>();
  for (const [index, step] of steps.entries()) {
    const end = ends[index];
    if (end?.state === "succeeded") results.set(step.id, end.result);
  }
  const last = ends.at(-1);
  return { failed, results, last: last?.state === "succeeded" ? last.result : null, finishedAt };
}
