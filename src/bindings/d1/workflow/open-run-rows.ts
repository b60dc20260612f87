import { z } from "zod";
import { type Job, job } from "../../../contract/runner/job.ts";
import { stepStateName } from "../../../contract/workflow/step-state.ts";
import { primary } from "../primary.ts";
import { jsonColumn, type RunRow, runRowOf, runRowStatement } from "../run/run-row.ts";
import { type ChildRow, childRowsOf, childrenStatement } from "./child-rows.ts";

const workflowRow = z.object({ plan_digest: z.string(), depth: z.number(), job: jsonColumn(job) });
/** What D1 has of a run of a workflow when its instance begins, or begins again. */
export interface OpenRunRows {
  row: RunRow;
  job: Job;
  planDigest: string;
  depth: number;
  children: ChildRow[];
}

/** Loads a run of a workflow; null when there is none. */
export async function loadOpenRun(db: D1Database, runId: string): Promise<OpenRunRows | null> {
  const session = primary(db);
  const [runs, workflows, children] = await session.batch([
    runRowStatement(session, runId),
    session
      .prepare(
        "SELECT w.plan_digest, w.depth, r.job FROM workflow_run w JOIN run r ON r.id = w.run_id WHERE w.run_id = ?",
      )
      .bind(runId),
    childrenStatement(session, runId),
  ]);
  const row = runRowOf(runs);
  const [workflow] = z.array(workflowRow).parse(workflows?.results);
  if (row === null || workflow === undefined) return null;
  return {
    row,
    job: workflow.job,
    planDigest: workflow.plan_digest,
    depth: workflow.depth,
    children: childRowsOf(children),
  };
}

const doneStep = z.object({
  path: z.string(),
  state: stepStateName,
  run: z.string().nullable(),
  output_entity: z.string().nullable(),
  input_entity: z.string().nullable(),
  skill: z.string().nullable(),
  answer: z.string().nullable(),
});

/** A step that an earlier run has done. */
export type DoneStep = z.infer<typeof doneStep>;

/** Steps that succeeded in a run, those among them that it took over from a run before. */
export async function loadDoneSteps(db: D1Database, runId: string): Promise<DoneStep[]> {
  const { results } = await primary(db)
    .prepare(
      `SELECT path, state, run, output_entity, input_entity, skill, answer FROM workflow_step
       WHERE run_id = ? AND state IN ('succeeded', 'kept') AND (output_entity IS NOT NULL OR answer IS NOT NULL)`,
    )
    .bind(runId)
    .all();
  return z.array(doneStep).parse(results);
}
