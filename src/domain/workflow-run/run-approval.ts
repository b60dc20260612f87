import { limits } from "../../contract/limits.ts";
import type { ApprovalStep } from "../../contract/workflow/step.ts";
import type { ApprovalAnswer, ApprovalState } from "../../contract/workflow/step-state.ts";
import type { JsonValue } from "../document/json-value.ts";
import { type Deadline, deadlineOfStep } from "./deadline.ts";
import type { Interpretation, StepEnd, StepPlace } from "./interpretation.ts";
import { readValue } from "./read-value.ts";
import { beginLeaf } from "./run-call.ts";
import { failureOf } from "./step-failures.ts";
import { nowhere, underName } from "./step-result.ts";
import { type StepTale, timeOf } from "./step-tale.ts";

/** Asks people, and waits for their answer. */
export async function runApproval(
  run: Interpretation,
  step: ApprovalStep,
  place: StepPlace,
  tale: StepTale,
): Promise<StepEnd> {
  const read = await readValue(run, place.frame, "message", step.message);
  if (read.state !== "read") return tale.cannotRead(read);
  const full = beginLeaf(run);
  if (full !== null) return tale.fails(full, place.startedAt, true);
  const { path, startedAt } = place;
  const deadline = deadlineOfStep(place.deadline, step.timeout, startedAt);
  const message = shortened(read.value.value);
  const approvers = step.approvers ?? null;
  const until = deadline === null ? null : timeOf(deadline.at);
  const asked: ApprovalState = { message, approvers, until, answer: null };
  tale.begins("waiting", { reason: "it waits for somebody's answer", approval: asked });
  const atDeadline = answerAtDeadline(step, place, deadline);
  const asking = { path, message, approvers, atDeadline, startedAt, deadline: deadline?.at ?? null };
  const outcome = await run.actions.ask(asking);
  const finishedAt = Math.max(startedAt, outcome.finishedAt);

  const answer = outcome.answer ?? answerByDefault(atDeadline, finishedAt);
  if (answer === null) {
    const failure = failureOf("timed_out", "nobody answered in time");
    const isFinal = deadline?.of === "run";
    return tale.ends({ state: "failed", failure, step: path, isFinal, finishedAt }, { reason: null });
  }
  const approval = { ...asked, answer };
  if (!answer.approved && step.on_reject !== "continue") {
    return tale.ends(rejected(answer, path, finishedAt), { approval, reason: null });
  }
  const { approved, by, comment, at } = answer;
  const result = underName(step.outputs, { kind: "value", value: { approved, by, comment, at }, source: nowhere });
  const more = outcome.isKept === true ? ({ state: "kept" } as const) : { reason: null };
  return tale.ends({ state: "succeeded", result, finishedAt }, { approval, ...more });
}

/** What counts as the answer when the step's own time is over; nothing does when the time of what it stands in is. */
function answerAtDeadline(
  { default: answer }: ApprovalStep,
  place: StepPlace,
  deadline: Deadline | null,
): boolean | null {
  return answer === undefined || deadline === place.deadline ? null : answer === "approve";
}

function answerByDefault(approved: boolean | null, finishedAt: number): ApprovalAnswer | null {
  return approved === null ? null : { approved, by: byTimeout, comment: null, at: timeOf(finishedAt) };
}

/** Who answered where nobody did (contract/workflow/step-state.ts). */
const byTimeout = "timeout";

function rejected({ by, comment }: ApprovalAnswer, step: string, finishedAt: number): StepEnd {
  const who = by === byTimeout ? "nobody answered in time, and the default is no" : `${by} said no`;
  const failure = failureOf("rejected", comment === null ? who : `${who}: ${comment}`);
  return { state: "failed", failure, step, isFinal: false, finishedAt };
}

function shortened(message: JsonValue): string {
  const text = typeof message === "string" ? message : JSON.stringify(message);
  return text.length > mostCharacters ? `${text.slice(0, mostCharacters - 1).toWellFormed()}…` : text;
}

// As long as a document may write it. People read it.
const mostCharacters = 2 * limits.failureMessageLength;
