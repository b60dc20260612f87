import { z } from "zod";
import { type ApprovalAnswer, approvalAnswer } from "../../../contract/workflow/step-state.ts";
import { primary } from "../primary.ts";
import { jsonColumn } from "../run/run-row.ts";
import { statesBefore } from "../run/states-before.ts";

const answered = z.object({ answer: jsonColumn(approvalAnswer).nullable() });

/**
 * Answers a step that waits for an approval, unless it is answered. Of several answers the first counts, that of time running out too (`by` is
 * `timeout` then): this answers which one does. Null: none does, because there is no such step, or it waits no more and was never answered.
 */
export async function giveAnswer(
  db: D1Database,
  { runId, path, answer }: { runId: string; path: string; answer: ApprovalAnswer },
): Promise<ApprovalAnswer | null> {
  const session = primary(db);
  const [, found] = await session.batch([
    session
      .prepare(
        `UPDATE workflow_step SET answer = ?3 WHERE run_id = ?1 AND path = ?2 AND state = 'waiting' AND answer IS NULL
         AND EXISTS (SELECT 1 FROM run WHERE id = ?1 AND state IN ${statesBefore("cancel")})`,
      )
      .bind(runId, path, JSON.stringify(answer)),
    session.prepare("SELECT answer FROM workflow_step WHERE run_id = ? AND path = ?").bind(runId, path),
  ]);
  const [row] = z.array(answered).parse(found?.results);
  return row?.answer ?? null;
}

const waitingRow = z.object({ run_id: z.string(), path: z.string(), answer: jsonColumn(approvalAnswer) });

/** Steps that were answered before `before` (RFC 3339) and wait all the same: their instances may not have heard. At most `limit`. */
export async function listUnheardAnswers(
  db: D1Database,
  before: string,
  after: { runId: string; path: string },
  limit: number,
): Promise<z.infer<typeof waitingRow>[]> {
  const { results } = await primary(db)
    .prepare(
      `SELECT run_id, path, answer FROM workflow_step
       WHERE state = 'waiting' AND answer IS NOT NULL AND (run_id, path) > (?1, ?2) AND answer ->> 'at' < ?3
       ORDER BY run_id, path LIMIT ?4`,
    )
    .bind(after.runId, after.path, before, limit)
    .all();
  return z.array(waitingRow).parse(results);
}
