import type { PushOutcome } from "../../../contract/webhook/delivery.ts";
import { primary } from "../primary.ts";
import { type DeliveryRow, deliveryColumns, deliveryRows } from "./delivery-row.ts";
import { type FileUpdate, fileStatements } from "./source-files.ts";
import type { LeaseHolder } from "./source-lease.ts";

/**
 * The oldest delivery of a source that is to be done. Where all come `inOrder`, it is waited for even if its own wait is not over; else those
 * whose wait is over go before it.
 */
export async function nextDelivery(
  db: D1Database,
  source: string,
  now: string,
  inOrder: boolean,
): Promise<DeliveryRow | null> {
  const due = inOrder ? "" : "AND (next_attempt_at IS NULL OR next_attempt_at <= ?2)";
  const { results } = await primary(db)
    .prepare(
      `SELECT ${deliveryColumns} FROM webhook_delivery
       WHERE source = ?1 AND state IN ('queued', 'working') ${due} ORDER BY received_at, id LIMIT 1`,
    )
    .bind(source, ...(inOrder ? [] : [now]))
    .all();
  return deliveryRows(results)[0] ?? null;
}

/** A try of a delivery begins: counted before anything is done, so that one that kills who does it is given up too. */
export async function beginDelivery(db: D1Database, id: string): Promise<DeliveryRow | null> {
  const { results } = await primary(db)
    .prepare(
      `UPDATE webhook_delivery SET state = 'working', attempts = attempts + 1, next_attempt_at = NULL
       WHERE id = ? AND state IN ('queued', 'working') RETURNING ${deliveryColumns}`,
    )
    .bind(id)
    .all();
  return deliveryRows(results)[0] ?? null;
}

/** A try failed for a reason that passes: it is done again at `nextAttemptAt`. */
export async function postponeDelivery(
  db: D1Database,
  id: string,
  reason: string,
  nextAttemptAt: string,
): Promise<void> {
  await primary(db)
    .prepare(
      `UPDATE webhook_delivery SET state = 'queued', reason = ?2, next_attempt_at = ?3 WHERE id = ?1 AND state = 'working'`,
    )
    .bind(id, reason, nextAttemptAt)
    .run();
}

/** How a delivery ended. */
export interface DeliveryEnd {
  state: "succeeded" | "failed" | "ignored";
  reason: string | null;
  commit: string | null;
  /** What D1 keeps of the outcome. */
  outcome: PushOutcome | null;
  outcomeDigest: string | null;
  owesStatus: boolean;
  /** What its source stands at from now on; null: at what it stood before. */
  synced: { commit: string | null; files: FileUpdate } | null;
}

/** Ends a delivery, and writes what its source stands at, all or nothing. False: the source was taken by another, who does it again. */
export async function endDelivery(
  db: D1Database,
  { source, holder }: LeaseHolder,
  id: string,
  end: DeliveryEnd,
  now: string,
): Promise<boolean> {
  const session = primary(db);
  const held = "EXISTS (SELECT 1 FROM webhook_source WHERE name = ?1 AND busy_by = ?2)";
  const { state, reason, commit, outcome, outcomeDigest, owesStatus, synced } = end;
  const [ended] = await session.batch([
    session
      .prepare(
        `UPDATE webhook_delivery SET state = ?4, reason = ?5, commit_id = COALESCE(?6, commit_id), outcome = ?7, outcome_digest = ?8,
           status_posted = ?9, finished_at = ?10, next_attempt_at = NULL
         WHERE id = ?3 AND source = ?1 AND state = 'working' AND ${held}`,
      )
      .bind(
        ...[source, holder, id, state, reason, commit, outcome === null ? null : JSON.stringify(outcome)],
        ...[outcomeDigest, owesStatus ? "waiting" : "no", now],
      ),
    ...(synced === null
      ? []
      : [
          ...fileStatements(session, source, holder, synced.files),
          session
            .prepare("UPDATE webhook_source SET synced_commit = ?3, synced_at = ?4 WHERE name = ?1 AND busy_by = ?2")
            .bind(source, holder, synced.commit, now),
        ]),
  ]);
  return ended?.meta.changes === 1;
}

/** Does a delivery that has ended once more. False: it has not ended. */
export async function reopenDelivery(db: D1Database, id: string): Promise<boolean> {
  const { meta } = await primary(db)
    .prepare(
      `UPDATE webhook_delivery SET state = 'queued', reason = NULL, attempts = 0, finished_at = NULL, next_attempt_at = NULL,
         status_posted = 'no', outcome = NULL, outcome_digest = NULL
       WHERE id = ? AND state IN ('succeeded', 'failed', 'ignored')`,
    )
    .bind(id)
    .run();
  return meta.changes === 1;
}

/** Whether a newer delivery of the same source was done. */
export async function hasNewerDone(db: D1Database, { source, received_at, id }: DeliveryRow): Promise<string | null> {
  return primary(db)
    .prepare(
      `SELECT id FROM webhook_delivery WHERE source = ?1 AND (received_at, id) > (?2, ?3) AND state <> 'ignored'
       ORDER BY received_at DESC, id DESC LIMIT 1`,
    )
    .bind(source, received_at, id)
    .first<string>("id");
}
