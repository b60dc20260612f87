import { loadRunRow, type RunRow } from "../../bindings/d1/run/run-row.ts";
import { listStepsInState } from "../../bindings/d1/workflow/step-rows.ts";
import { loadWorkflowRun } from "../../bindings/d1/workflow/workflow-run-rows.ts";
import type { Failure } from "../../contract/failure.ts";
import { limits } from "../../contract/limits.ts";
import { isFinal } from "../../contract/run/run-state.ts";
import type { WorkflowDocument } from "../../contract/workflow/document.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import { hasPath } from "../../domain/workflow-run/kept-steps.ts";
import { retryStart, undoneYetKept } from "../../domain/workflow-run/retry-start.ts";
import { type CreatedRun, createOnce } from "../run/create-once.ts";
import { missingRun } from "../run/read-run.ts";
import type { RunNeeds } from "../run/run-needs.ts";
import { loadPlan } from "../workflow/load-plan.ts";
import { beginAgain } from "./begin-again.ts";

/** Which run is to be done again, and from where: the path of a step; null for the first that failed. */
export interface RetryAsk {
  runId: string;
  from: string | null;
  caller: string;
  /** The Idempotency-Key; null when there is none. */
  key: string | null;
}

/** Runs a workflow again from a step on: a new run with the same plan, on the same inputs, which keeps what was done before that step or beside it. */
export async function retryRun(
  needs: RunNeeds,
  { runId, from, caller, key }: RetryAsk,
): Promise<Result<CreatedRun, Failure>> {
  return createOnce(needs, { caller, key, content: { retry_of: runId, from } }, async (keyed) => {
    const row = await loadRunRow(needs.db, runId);
    if (row === null) return missingRun(runId);
    const start = await findStart(needs, row, from);
    if (!start.ok) return start;
    const retryOf = { run: runId, from: start.value };
    return beginAgain(needs, row, { wishes: {}, retryOf, replayOf: null, by: caller, keyed });
  });
}

async function findStart(
  needs: Pick<RunNeeds, "db" | "blobs">,
  row: RunRow,
  from: string | null,
): Promise<Result<string, Failure>> {
  const { id, kind, state, name, version } = row;
  const own = await loadWorkflowRun(needs.db, id);
  if (own === null) return conflict(`run ${id} is one of a ${kind}, which has no steps; replay it with :replay`);
  if (!isFinal(state))
    return conflict(`run ${id} is ${state}; only a run that has ended can be retried: cancel it first`);
  const plan = await loadPlan(needs.blobs, own.plan_digest);
  const document = plan.documents[`${name}@${version}`];
  if (document === undefined) throw new Error(`the plan ${own.plan_digest} of run ${id} lacks its own document`);
  const steps = await listStepsInState(needs.db, id, ["failed", "cancelled", "succeeded", "running"], mostSteps);
  if (from !== null) return checkStart(row, document, steps, from);
  if (state === "succeeded") return conflict(`run ${id} has succeeded; say with "from" which step to begin at`);
  const start = retryStart(document, steps);
  return start === null
    ? conflict(`no step of run ${id} failed, so none is there to begin at; say with "from" where, or replay it`)
    : success(start);
}

/** Containers, calls and what undoes them: more than any run has. */
const mostSteps = limits.stepsPerRun * 20;

function checkStart(
  { id, name, version }: RunRow,
  document: WorkflowDocument,
  steps: Parameters<typeof undoneYetKept>[1],
  from: string,
): Result<string, Failure> {
  if (!hasPath(document, from) || from.endsWith("!undo")) {
    const known = document.steps.map((step) => step.id).slice(0, 20);
    const message = `${name}@${version} has no step ${from}; its outermost steps are ${known.join(", ")}`;
    return refusal({ code: "STEP_NOT_FOUND", message });
  }
  const undone = undoneYetKept(document, steps, from);
  const [first] = undone;
  if (first === undefined) return success(from);
  return conflict(
    `step ${first} of run ${id} was undone when the run failed, so a retry from ${from} cannot keep its result; begin at ${first} or before it`,
  );
}

function conflict(message: string): Result<never, Failure> {
  return refusal({ code: "STATE_CONFLICT", message });
}
