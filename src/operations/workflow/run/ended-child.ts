import { primary } from "../../../bindings/d1/primary.ts";
import { type ChildRow, loadChild } from "../../../bindings/d1/workflow/child-rows.ts";
import { isFinal } from "../../../contract/run/run-state.ts";
import type { CallOutcome, CallTask, StepFailure } from "../../../domain/workflow-run/actions.ts";
import type { OpenRun } from "./open-run.ts";
import { failedAt } from "./step-outcome.ts";

/**
 * What came of a step whose run D1 knew as ended when this instance began: then the step is not done again, even where the instance has
 * forgotten it. Null when there is no such run.
 */
export function endedChild(open: OpenRun, task: CallTask): CallOutcome | null {
  const child = open.children.get(task.path);
  return child === undefined ? null : outcomeOf(open, child, task);
}

/** The end of a run that does a step, as D1 has it now; null when it has not ended. */
export async function childOutcome(open: OpenRun, task: CallTask, runId: string): Promise<CallOutcome | null> {
  const child = await loadChild(primary(open.needs.db), runId);
  return child === null ? null : outcomeOf(open, child, task);
}

/** By whom a run is cancelled whose step has no time left. */
export function timeKeeperOf({ row }: OpenRun): string {
  return `workflow:${row.id}`;
}

function outcomeOf(open: OpenRun, child: ChildRow, task: CallTask): CallOutcome | null {
  const { id, state, finished_at, input_entity, output_entity, data, attempt, parent_step: path } = child;
  if (!isFinal(state) || finished_at === null) return null;
  open.journal.note({ path, run: id, input_entity, output_entity, attempt });
  if (child.cancelled_by === timeKeeperOf(open)) return timedOut(child, task);
  const finishedAt = Date.parse(finished_at);
  if (state !== "succeeded") return { state: "failed", failure: failureOf(child), finishedAt };
  if (output_entity === null) throw new Error(`run ${id} succeeded without an output`);
  return { state: "succeeded", entity: output_entity, outputs: data, finishedAt };
}

function timedOut({ id, finished_at }: ChildRow, { startedAt, deadline }: CallTask): CallOutcome {
  const at = deadline ?? Date.parse(finished_at ?? "");
  const message = `it did not end within ${Math.round((at - startedAt) / 1000)} s; its run ${id} was cancelled`;
  return failedAt(at, { class: "permanent", code: "timed_out", message });
}

function failureOf({ id, failure, cancelled_by, cancel_reason }: ChildRow): StepFailure {
  if (failure !== null) {
    const { class: failureClass, code, message, detail } = failure;
    return { class: failureClass, code, message, detail };
  }
  const by = cancelled_by === null ? "" : ` by ${cancelled_by}`;
  const why = cancel_reason === null ? "" : `: ${cancel_reason}`;
  return { class: "permanent", code: "cancelled", message: `run ${id} was cancelled${by}${why}`, detail: null };
}
