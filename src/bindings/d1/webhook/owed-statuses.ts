import { z } from "zod";
import { primary } from "../primary.ts";
import type { DeliveryRow } from "./delivery-row.ts";

/** Says what became of a commit's status: posted, given up, or still owed and tried again then. */
export async function noteStatus(
  db: D1Database,
  { id, finished_at }: Pick<DeliveryRow, "id" | "finished_at">,
  status: "posted" | "given_up" | { tryAgainAt: string },
): Promise<void> {
  const [posted, again] = typeof status === "string" ? [status, null] : ["waiting", status.tryAgainAt];
  await primary(db)
    .prepare(
      // Done again meanwhile, it owes another status.
      `UPDATE webhook_delivery SET status_posted = ?3, next_attempt_at = ?4
       WHERE id = ?1 AND finished_at IS ?2 AND status_posted = 'waiting'`,
    )
    .bind(id, finished_at, posted, again)
    .run();
}

/** Deliveries that are to be done, or whose status is owed, and whose wait is over: what cron sends again, the oldest first. */
export async function listDueDeliveries(db: D1Database, now: string, before: string, most: number): Promise<string[]> {
  const { results } = await primary(db)
    .prepare(
      `SELECT id FROM webhook_delivery
       WHERE (state IN ('queued', 'working') OR status_posted = 'waiting')
         AND received_at <= ?2 AND (next_attempt_at IS NULL OR next_attempt_at <= ?1)
         AND NOT EXISTS (SELECT 1 FROM webhook_source s WHERE s.name = webhook_delivery.source AND s.busy_until > ?1)
       ORDER BY received_at, id LIMIT ?3`,
    )
    .bind(now, before, most)
    .all();
  return z
    .array(z.object({ id: z.string() }))
    .parse(results)
    .map(({ id }) => id);
}

/** Forgets deliveries that ended before a time, some at once. Answers how many. */
export async function forgetDeliveries(db: D1Database, before: string, most: number): Promise<number> {
  const { meta } = await primary(db)
    .prepare(
      `DELETE FROM webhook_delivery WHERE id IN (
         SELECT id FROM webhook_delivery WHERE received_at < ?1 AND state IN ('succeeded', 'failed', 'ignored') LIMIT ?2)`,
    )
    .bind(before, most)
    .run();
  return meta.changes;
}
