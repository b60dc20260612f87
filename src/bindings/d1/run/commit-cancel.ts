import { primary } from "../primary.ts";
import { statesBefore } from "./states-before.ts";

/** Who cancels, why and when. */
export interface Cancellation {
  runId: string;
  by: string;
  reason: string | null;
  /** RFC 3339, UTC. */
  at: string;
}

/** Cancels a run that has not ended, in one batch. Answers false when there is nothing to cancel: no such run, or it has ended. */
export async function commitCancel(db: D1Database, { runId, by, reason, at }: Cancellation): Promise<boolean> {
  const session = primary(db);
  const results = await session.batch([
    session
      .prepare(
        `UPDATE run_attempt SET outcome = 'cancelled', ended_at = ?2 WHERE run_id = ?1 AND outcome = 'under_way'
         AND EXISTS (SELECT 1 FROM run WHERE id = ?1 AND state IN ${statesBefore("cancel")})`,
      )
      .bind(runId, at),
    session
      .prepare(
        `UPDATE run SET state = 'cancelled', state_since = ?2, finished_at = ?2, cancelled_by = ?3, cancel_reason = ?4
         WHERE id = ?1 AND state IN ${statesBefore("cancel")}`,
      )
      .bind(runId, at, by, reason),
  ]);
  return (results[1]?.meta.changes ?? 0) > 0;
}
