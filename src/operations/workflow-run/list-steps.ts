import { loadRunRow } from "../../bindings/d1/run/run-row.ts";
import { listSteps as load, type StepPlace } from "../../bindings/d1/workflow/step-rows.ts";
import type { Failure } from "../../contract/failure.ts";
import type { StepState } from "../../contract/workflow/step-state.ts";
import { type Result, success } from "../../domain/result.ts";
import { missingRun } from "../run/read-run.ts";

/** A page of a run's steps, in the order of the document. `next`: the step after which the next page begins; null on the last. */
export async function listSteps(
  db: D1Database,
  runId: string,
  after: StepPlace | null,
  limit: number,
): Promise<Result<{ items: StepState[]; next: StepPlace | null }, Failure>> {
  if ((await loadRunRow(db, runId)) === null) return missingRun(runId);
  const steps = await load(db, runId, after, limit + 1);
  const items = steps.slice(0, limit);
  const last = items.at(-1);
  const isLast = steps.length <= limit || last === undefined;
  return success({ items, next: isLast ? null : { position: last.position, path: last.path } });
}
