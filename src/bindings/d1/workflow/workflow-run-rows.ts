import { z } from "zod";
import { primary } from "../primary.ts";
import { statesBefore } from "../run/states-before.ts";

const workflowRunRow = z.object({ plan_digest: z.string(), depth: z.number(), settled: z.number() });
/** What a run of a workflow has beside its row in `run`. */
export type WorkflowRunRow = z.infer<typeof workflowRunRow>;

/** Null for a run of anything else, or when there is none. */
export async function loadWorkflowRun(db: D1Database, runId: string): Promise<WorkflowRunRow | null> {
  const found = await primary(db)
    .prepare("SELECT plan_digest, depth, settled FROM workflow_run WHERE run_id = ?")
    .bind(runId)
    .first();
  return found === null ? null : workflowRunRow.parse(found);
}

/** Records that a run's end has reached all that it concerns. */
export async function markSettled(db: D1Database, runId: string): Promise<void> {
  await primary(db).prepare("UPDATE workflow_run SET settled = 1 WHERE run_id = ?").bind(runId).run();
}

const ids = z.array(z.object({ id: z.string() }));

/** Ids of runs that ended before `before` (RFC 3339) and are not settled, after the id `after`, at most `limit`. */
export async function listUnsettled(db: D1Database, before: string, after: string, limit: number): Promise<string[]> {
  const { results } = await primary(db)
    .prepare(
      `SELECT r.id FROM workflow_run w JOIN run r ON r.id = w.run_id
       WHERE w.settled = 0 AND w.run_id > ? AND r.state NOT IN ${statesBefore("cancel")} AND r.state_since < ?
       ORDER BY w.run_id LIMIT ?`,
    )
    .bind(after, before, limit)
    .all();
  return ids.parse(results).map(({ id }) => id);
}

/** Ids of runs of workflows that have not ended and whose state is older than `before`, after the id `after`, at most `limit`. */
export async function listOpenWorkflowRuns(
  db: D1Database,
  before: string,
  after: string,
  limit: number,
): Promise<string[]> {
  const { results } = await primary(db)
    .prepare(
      `SELECT r.id FROM workflow_run w JOIN run r ON r.id = w.run_id
       WHERE w.settled = 0 AND w.run_id > ? AND r.state IN ${statesBefore("cancel")} AND r.state_since < ?
       ORDER BY w.run_id LIMIT ?`,
    )
    .bind(after, before, limit)
    .all();
  return ids.parse(results).map(({ id }) => id);
}
