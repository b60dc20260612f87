import { giveAnswer } from "../../../bindings/d1/workflow/step-answers.ts";
import { type ApprovalAnswer, approvalAnswer } from "../../../contract/workflow/step-state.ts";
import type { AskOutcome, AskTask } from "../../../domain/workflow-run/actions.ts";
import { answerEventType } from "../../../domain/workflow-run/answer-event.ts";
import type { OpenRun } from "./open-run.ts";
import { endOfWait, nextWaitMs } from "./wait-times.ts";

/** Waits for somebody's answer, until the step's time is over. */
export async function askPeople(open: OpenRun, task: AskTask): Promise<AskOutcome> {
  const { needs, steps, journal } = open;
  // Who answers looks for the step in D1.
  await journal.flush();
  const deadline = endOfWait(task);
  for (let wait = 1; ; wait++) {
    const leftMs = nextWaitMs(deadline, needs.now().getTime());
    const told = await steps.awaitEvent(`${task.path} answer ${wait}`, answerEventType(task.path), leftMs);
    const answer = told === null ? null : approvalAnswer.parse(told.payload);
    if (answer !== null) return { answer, finishedAt: laterOf(answer, task) };
    if (needs.now().getTime() < deadline) continue;
    const late = await steps.do(`${task.path} late`, () => closeQuestion(open, task, deadline));
    return { answer: late, finishedAt: deadline };
  }
}

/** Time is over: from here on nobody's answer counts, but one that was given and has not reached us. */
async function closeQuestion(
  { needs, row }: OpenRun,
  { path, atDeadline }: AskTask,
  deadline: number,
): Promise<ApprovalAnswer | null> {
  const answer = { approved: atDeadline ?? false, by: "timeout", comment: null, at: new Date(deadline).toISOString() };
  const counting = await giveAnswer(needs.db, { runId: row.id, path, answer });
  return counting === null || counting.by === answer.by ? null : counting;
}

function laterOf(answer: ApprovalAnswer, { startedAt }: AskTask): number {
  return Math.max(Date.parse(answer.at), startedAt);
}
