import { loadRunRow, type RunRow } from "../../bindings/d1/run/run-row.ts";
import { giveAnswer } from "../../bindings/d1/workflow/step-answers.ts";
import { listApprovals, loadStep } from "../../bindings/d1/workflow/step-rows.ts";
import type { Failure } from "../../contract/failure.ts";
import { limits } from "../../contract/limits.ts";
import type { Run } from "../../contract/run/run.ts";
import { isFinal } from "../../contract/run/run-state.ts";
import type { ApprovalAnswer, ApprovalState, StepState } from "../../contract/workflow/step-state.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import { answerEventType } from "../../domain/workflow-run/answer-event.ts";
import { missingRun, readRun } from "../run/read-run.ts";
import type { RunNeeds } from "../run/run-needs.ts";

/** A yes or no, and who says it. */
export interface GivenAnswer {
  runId: string;
  /** Null: the one that waits. */
  step: string | null;
  approved: boolean;
  comment: string | null;
  by: string;
}

type Asked = StepState & { approval: ApprovalState };

/**
 * Answers a step that waits for an approval. The first answer counts; the same again, by the same caller, is the same as once. D1 decides; then
 * the run's instance is told, by a sweep if not now.
 */
export async function answerApproval(
  needs: Pick<RunNeeds, "db" | "blobs" | "pools" | "workflows" | "now">,
  given: GivenAnswer,
): Promise<Result<Run, Failure>> {
  const row = await loadRunRow(needs.db, given.runId);
  if (row === null) return missingRun(given.runId);
  const found = await findStep(needs.db, row, given.step);
  if (!found.ok) return found;
  const step = found.value;
  const { approvers, answer: earlier } = step.approval;
  if (approvers !== null && !approvers.includes(given.by)) {
    const who = approvers.join(", ");
    const message = `step ${step.path} is for ${who} to answer, and you are ${given.by}`;
    return refusal({ code: "FORBIDDEN", message });
  }
  const at = needs.now().toISOString();
  if (earlier === null) {
    const refused = whyNotNow(row, step, at);
    if (refused !== null) return refused;
  }
  const answer = { approved: given.approved, by: given.by, comment: given.comment, at };
  const counts = earlier ?? (await giveAnswer(needs.db, { runId: row.id, path: step.path, answer }));
  if (counts === null) return waitsNoMore(row, step);
  if (counts.approved !== given.approved || counts.by !== given.by) return answeredOtherwise(step, counts);
  await tellInstance(needs, row, step, counts);
  return readRun(needs, row.id);
}

async function tellInstance(
  { workflows }: Pick<RunNeeds, "workflows">,
  { id, state }: RunRow,
  { path }: Asked,
  answer: ApprovalAnswer,
): Promise<void> {
  if (isFinal(state)) return;
  try {
    await workflows.tell(id, { type: answerEventType(path), payload: answer });
  } catch (error) {
    console.warn(JSON.stringify({ level: "warn", tell_answer_of: id, error: String(error) }));
  }
}

async function findStep(db: D1Database, row: RunRow, path: string | null): Promise<Result<Asked, Failure>> {
  if (path === null) return findOnly(db, row);
  const step = await loadStep(db, row.id, path);
  if (step === null) {
    const message = `run ${row.id} has no step ${path}, or has not come to it; ${await namesOfWaiting(db, row)}`;
    return refusal({ code: "STEP_NOT_FOUND", message });
  }
  if (isAsked(step)) return success(step);
  const message = `step ${path} of run ${row.id} asks nobody; ${await namesOfWaiting(db, row)}`;
  return refusal({ code: "STATE_CONFLICT", message });
}

/** The one that waits. Where none does, the one that there is: it may be answered the same way again. */
async function findOnly(db: D1Database, row: RunRow): Promise<Result<Asked, Failure>> {
  const asked = (await listApprovals(db, row.id, limits.stepsPerAnswer)).filter(isAsked);
  const waiting = asked.filter(isWaiting);
  const [first, second] = waiting.length > 0 ? waiting : asked;
  if (first !== undefined && second === undefined) return success(first);
  if (isFinal(row.state)) return hasEnded(row);
  const names = await namesOfWaiting(db, row);
  const say = waiting.length > 1 ? `; say which one is meant with "step"` : "";
  return refusal({ code: "STATE_CONFLICT", message: `run ${row.id}: ${names}${say}` });
}

function isAsked(step: StepState): step is Asked {
  return step.approval !== null;
}

function isWaiting({ state, approval }: Asked): boolean {
  return state === "waiting" && approval.answer === null;
}

const mostNames = 20;

async function namesOfWaiting(db: D1Database, row: RunRow): Promise<string> {
  const asked = (await listApprovals(db, row.id, limits.stepsPerAnswer)).filter(isAsked);
  const paths = asked.filter(isWaiting).map(({ path }) => path);
  if (paths.length === 0) return "no step waits for an approval";
  const more = paths.length > mostNames ? ` and ${paths.length - mostNames} more` : "";
  return `${paths.length === 1 ? "this one waits" : "these wait"} for an approval: ${paths.slice(0, mostNames).join(", ")}${more}`;
}

function whyNotNow(row: RunRow, step: Asked, at: string): Result<never, Failure> | null {
  if (isFinal(row.state)) return hasEnded(row);
  if (step.state !== "waiting") return waitsNoMore(row, step);
  const { until } = step.approval;
  if (until === null || at < until) return null;
  const message = `step ${step.path} of run ${row.id} could be answered until ${until}, and now it is ${at}`;
  return refusal({ code: "STATE_CONFLICT", message });
}

function hasEnded({ id, state, state_since: since }: RunRow): Result<never, Failure> {
  const message = `run ${id} has ${state} at ${since}; only steps of a run that goes on can be answered`;
  return refusal({ code: "RUN_ENDED", message });
}

function waitsNoMore({ id }: RunRow, { path, state }: Asked): Result<never, Failure> {
  const message = `step ${path} of run ${id} is ${state} and waits for no answer; look at GET /v1/runs/${id}`;
  return refusal({ code: "STATE_CONFLICT", message });
}

function answeredOtherwise({ path }: Asked, { approved, by, comment, at }: ApprovalAnswer): Result<never, Failure> {
  const said = comment === null ? "" : `: ${comment}`;
  const what = approved ? "approved" : "rejected";
  const message =
    by === "timeout"
      ? `step ${path} was ${what} at ${at}, because nobody had answered in time`
      : `step ${path} was ${what} by ${by} at ${at}${said}; the first answer counts`;
  return refusal({ code: "STATE_CONFLICT", message });
}
