import type { Failure } from "../../../contract/failure.ts";
import type { Result } from "../../../domain/result.ts";
import type { CallOutcome, CallTask } from "../../../domain/workflow-run/actions.ts";
import { type EdgeJob, isAtEdge } from "../../run/edge-job.ts";
import { endAtEdge } from "../../run/end-at-edge.ts";
import { prepareRun } from "../../run/prepare-run.ts";
import { newRunRow, type PreparedRun } from "../../run/prepared-run.ts";
import type { Runnable } from "../../run/runnable.ts";
import { awaitChild } from "./await-child.ts";
import { endedChild } from "./ended-child.ts";
import { findRunnable, type PinnedCallable } from "./find-runnable.ts";
import { type KeptEnd, keptEnd } from "./kept-end.ts";
import { makeChild } from "./make-child.ts";
import { NoLongerDurable } from "./no-longer-durable.ts";
import type { OpenRun } from "./open-run.ts";
import { refusedStep } from "./refused-step.ts";
import { stepRunOf } from "./step-run.ts";

/** What a durable step kept of a call: an end that D1 has still to be told, a run that goes on elsewhere, or why there is none. */
type Called =
  | ({ how: "ended"; run: string; inputEntity: string } & KeptEnd)
  | { how: "elsewhere"; run: string; inputEntity: string }
  | { how: "refused"; outcome: CallOutcome }
  /** The workflow's run has ended, by being cancelled. */
  | { how: "over" };

/** Has a step done by a function or template: in place where it is JavaScript, else by a runner. */
export async function callFunction(open: OpenRun, task: CallTask, skill: PinnedCallable): Promise<CallOutcome> {
  const earlier = endedChild(open, task);
  if (earlier !== null) return earlier;
  const called = await open.steps.do(task.path, () => begin(open, task, skill));
  if (called.how === "over") throw new NoLongerDurable(task.path, "its workflow's run has ended");
  if (called.how === "refused") return called.outcome;
  const { run, inputEntity } = called;
  if (called.how === "elsewhere") {
    open.journal.note({ path: task.path, run, input_entity: inputEntity });
    return awaitChild(open, task, run);
  }
  if (called.ended !== null) open.journal.record(called.ended);
  const { outcome } = called;
  const outputEntity = outcome.state === "succeeded" ? outcome.entity : null;
  open.journal.note({ path: task.path, run, input_entity: inputEntity, output_entity: outputEntity });
  return outcome;
}

async function begin(open: OpenRun, task: CallTask, skill: PinnedCallable): Promise<Called> {
  const prepared = await prepare(open, task, skill);
  if (!prepared.ok) return refused(open, prepared.failure);
  const { job } = prepared.value;
  if (isAtEdge(job)) return doAtEdge(open, task, { ...prepared.value, job });
  const isMade = await makeChild(open, prepared.value);
  return isMade ? { how: "elsewhere", run: job.run_id, inputEntity: job.input_entity } : { how: "over" };
}

async function prepare(open: OpenRun, task: CallTask, skill: PinnedCallable): Promise<Result<PreparedRun, Failure>> {
  const runnable = await findRunnable(open.needs.lookUp, skill);
  if (!runnable.ok) return runnable;
  const request = { ...wishesFor(open, runnable.value), inputs: task.inputs.values };
  const attempts = { max_attempts: task.retry.max_attempts };
  return prepareRun(
    open.needs,
    runnable.value,
    { ...request, ...attempts },
    open.row.created_by,
    stepRunOf(open, task),
  );
}

/** Functions at the edge go to no pool and to no runner; and who says its own pool goes there. */
function wishesFor({ wishes }: OpenRun, runnable: Runnable): OpenRun["wishes"] {
  const { pool, runner_labels: labels, ...others } = wishes;
  if (runnable.source?.runtime === "javascript") return others;
  return {
    ...others,
    ...(pool === undefined || runnable.pool !== null ? {} : { pool }),
    ...(labels === undefined ? {} : { runner_labels: labels }),
  };
}

async function doAtEdge(open: OpenRun, task: CallTask, prepared: PreparedRun & { job: EdgeJob }): Promise<Called> {
  const done = await endAtEdge(open.needs, prepared);
  if (!done.ok) return refused(open, done.failure);
  const { job, ending, eventsDigest } = done.value;
  const { inputEntity } = prepared;
  const row = newRunRow({ ...prepared, job });
  const kept = await keptEnd(open, task, { row, job, inputEntity, ending, eventsDigest });
  return { how: "ended", ...kept, run: job.run_id, inputEntity: job.input_entity };
}

/** An outage is no answer: the step is done again. */
function refused(open: OpenRun, failure: Failure): Called {
  return { how: "refused", outcome: refusedStep(failure, open.needs.now().getTime()) };
}
