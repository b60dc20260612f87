import { z } from "zod";
import { runFailure } from "../../../contract/run/run-failure.ts";
import { stepType } from "../../../contract/workflow/step.ts";
import { approvalAnswer, approvalState, type StepState, stepStateName } from "../../../contract/workflow/step-state.ts";
import { chunksOf } from "../entity/entity-statements.ts";
import { primary } from "../primary.ts";
import { jsonColumn } from "../run/run-row.ts";
import { statesBefore } from "../run/states-before.ts";

const row = z
  .object({
    path: z.string(),
    id: z.string(),
    type: stepType,
    position: z.string(),
    state: stepStateName,
    skill: z.string().nullable(),
    run: z.string().nullable(),
    attempt: z.number(),
    started_at: z.string().nullable(),
    finished_at: z.string().nullable(),
    reason: z.string().nullable(),
    failure: jsonColumn(runFailure).nullable(),
    input_entity: z.string().nullable(),
    output_entity: z.string().nullable(),
    approval: jsonColumn(approvalState.omit({ answer: true })).nullable(),
    answer: jsonColumn(approvalAnswer).nullable(),
    items: z.number().nullable(),
    branch: z.string().nullable(),
  })
  .transform(({ answer, approval, ...step }): StepState => {
    return { ...step, approval: approval === null ? null : { ...approval, answer } };
  });

const changing = [
  ...["id", "type", "position", "state", "skill", "run", "attempt", "started_at", "finished_at"],
  ...["reason", "failure", "input_entity", "output_entity", "approval", "items", "branch"],
];
const columns = ["path", ...changing, "answer"];
const open = "('running', 'waiting')";

/**
 * Statements that write steps as they stand, for a batch. What is told twice, or late, changes nothing: a step that has ended is not made open
 * again, one that waits goes on to an end only, one that was cancelled stays so, an answer that was given stays; and a run that has ended gets no
 * open steps.
 */
export function stepStatements(
  session: D1DatabaseSession,
  runId: string,
  steps: readonly StepState[],
): D1PreparedStatement[] {
  const values = columns.map((column) => `value ->> '${column}'`).join(", ");
  const changes = changing.map((column) => `${column} = excluded.${column}`).join(", ");
  const statement = `
    INSERT INTO workflow_step (run_id, ${columns.join(", ")}) SELECT ?1, ${values} FROM json_each(?2)
    WHERE value ->> 'state' NOT IN ${open} OR EXISTS (SELECT 1 FROM run WHERE id = ?1 AND state IN ${statesBefore("cancel")})
    ON CONFLICT (run_id, path) DO UPDATE SET ${changes}, answer = ${answerThatCounts}
    WHERE workflow_step.state = 'running'
      OR (workflow_step.state = 'waiting' AND excluded.state <> 'running')
      OR (workflow_step.state <> 'cancelled' AND excluded.state NOT IN ${open})`;
  return chunksOf(steps.map(rowOf)).map((chunk) => session.prepare(statement).bind(runId, chunk));
}

function rowOf({ approval, ...step }: StepState) {
  if (approval === null) return { ...step, approval: null, answer: null };
  const { answer, ...asked } = approval;
  return { ...step, approval: asked, answer };
}

/** Time that ran out closes a question; what that means, the step says when it ends. */
const answerThatCounts = `CASE WHEN workflow_step.answer ->> 'by' = 'timeout' THEN COALESCE(excluded.answer, workflow_step.answer)
  ELSE COALESCE(workflow_step.answer, excluded.answer) END`;

/** Writes steps as they stand; see `stepStatements`. */
export async function writeSteps(db: D1Database, runId: string, steps: readonly StepState[]): Promise<void> {
  if (steps.length === 0) return;
  const session = primary(db);
  await session.batch(stepStatements(session, runId, steps));
}

/** Where a step stands in its run's list. */
export interface StepPlace {
  position: string;
  path: string;
}

/** Steps of a run after a place, in the order of the document, at most `limit`. */
export async function listSteps(
  db: D1Database,
  runId: string,
  after: StepPlace | null,
  limit: number,
): Promise<StepState[]> {
  const { position, path } = after ?? { position: "", path: "" };
  const { results } = await primary(db)
    .prepare(
      `SELECT ${columns.join(", ")} FROM workflow_step WHERE run_id = ?1 AND (position, path) > (?2, ?3) ORDER BY position, path LIMIT ?4`,
    )
    .bind(runId, position, path, limit)
    .all();
  return z.array(row).parse(results);
}

/** How many steps of a run were reached so far. */
export async function countSteps(db: D1Database, runId: string): Promise<number> {
  const counted = await primary(db)
    .prepare("SELECT COUNT(*) AS steps FROM workflow_step WHERE run_id = ?")
    .bind(runId)
    .first();
  return z.object({ steps: z.number() }).parse(counted).steps;
}

/** One step of a run; null when it was not reached. */
export async function loadStep(db: D1Database, runId: string, path: string): Promise<StepState | null> {
  const found = await primary(db)
    .prepare(`SELECT ${columns.join(", ")} FROM workflow_step WHERE run_id = ? AND path = ?`)
    .bind(runId, path)
    .first();
  return found === null ? null : row.parse(found);
}

/** Steps of a run in any of these states, in the order of the document, at most `limit`. */
export async function listStepsInState(
  db: D1Database,
  runId: string,
  states: readonly StepState["state"][],
  limit: number,
): Promise<StepState[]> {
  const { results } = await primary(db)
    .prepare(
      `SELECT ${columns.join(", ")} FROM workflow_step WHERE run_id = ?1 AND state IN (SELECT value FROM json_each(?2))
       ORDER BY position, path LIMIT ?3`,
    )
    .bind(runId, JSON.stringify(states), limit)
    .all();
  return z.array(row).parse(results);
}

/** Steps of a run that ask for an approval, or asked for one: first those that wait, at most `limit`. */
export async function listApprovals(db: D1Database, runId: string, limit: number): Promise<StepState[]> {
  const { results } = await primary(db)
    .prepare(
      `SELECT ${columns.join(", ")} FROM workflow_step WHERE run_id = ? AND approval IS NOT NULL
       ORDER BY state <> 'waiting', position, path LIMIT ?`,
    )
    .bind(runId, limit)
    .all();
  return z.array(row).parse(results);
}

/** Steps of a run that have not ended. */
export function loadOpenSteps(db: D1Database, runId: string, limit = 10_000): Promise<StepState[]> {
  return listStepsInState(db, runId, ["running", "waiting"], limit);
}

/** Statement that ends the open steps of a run that has ended; its results are those steps. */
export function cancelStepsStatement(
  session: D1DatabaseSession,
  runId: string,
  end: { at: string; reason: string },
): D1PreparedStatement {
  return session
    .prepare(
      `UPDATE workflow_step SET state = 'cancelled', finished_at = ?2, reason = ?3 WHERE run_id = ?1 AND state IN ${open}
       AND EXISTS (SELECT 1 FROM run WHERE id = ?1 AND state NOT IN ${statesBefore("cancel")})`,
    )
    .bind(runId, end.at, end.reason);
}
