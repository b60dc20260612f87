import { z } from "zod";
import { incomingDelivery, type PushOutcome, pushOutcome } from "../../../contract/webhook/delivery.ts";
import { primary } from "../primary.ts";

const deliveryRow = z.object({
  ...incomingDelivery.omit({ outcome: true, commit: true }).shape,
  registry_url: z.string(),
  body_digest: z.string(),
  commit_id: z.string().nullable(),
  outcome: z
    .string()
    .nullable()
    .transform((text): PushOutcome | null => (text === null ? null : pushOutcome.parse(JSON.parse(text)))),
  /** Set where the whole outcome lies in R2; `outcome` is then without its files. */
  outcome_digest: z.string().nullable(),
});
/** A delivery as D1 has it. */
export type DeliveryRow = z.infer<typeof deliveryRow>;

export const deliveryColumns = `id, source, host_id, registry_url, body_digest, event, ref, commit_id, pusher, state, reason, attempts,
  received_at, finished_at, next_attempt_at, status_posted, outcome, outcome_digest`;

/** The rows that a query of `deliveryColumns` gave. */
export function deliveryRows(results: unknown): DeliveryRow[] {
  return z.array(deliveryRow).parse(results);
}

export async function loadDelivery(db: D1Database, id: string): Promise<DeliveryRow | null> {
  const { results } = await primary(db)
    .prepare(`SELECT ${deliveryColumns} FROM webhook_delivery WHERE id = ?`)
    .bind(id)
    .all();
  return deliveryRows(results)[0] ?? null;
}

/** A delivery that came in. */
export type NewDelivery = Pick<
  DeliveryRow,
  | "id"
  | "source"
  | "host_id"
  | "registry_url"
  | "body_digest"
  | "event"
  | "ref"
  | "commit_id"
  | "pusher"
  | "state"
  | "reason"
  | "received_at"
  | "finished_at"
>;

/** Keeps a delivery. Answers the one that was here before it, by the host's id or by its body; null when it is the first. */
export async function insertDelivery(
  db: D1Database,
  delivery: NewDelivery,
): Promise<Pick<DeliveryRow, "id" | "state"> | null> {
  const { id, source, host_id, registry_url, body_digest, event, ref, commit_id, pusher, state, reason } = delivery;
  const session = primary(db);
  const [inserted, first] = await session.batch([
    session
      .prepare(
        `INSERT INTO webhook_delivery (id, source, host_id, registry_url, body_digest, event, ref, commit_id, pusher, state, reason, received_at, finished_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
      )
      .bind(
        ...[id, source, host_id, registry_url, body_digest, event, ref, commit_id, pusher, state, reason],
        delivery.received_at,
        delivery.finished_at,
      ),
    session
      .prepare(
        `SELECT id, state FROM webhook_delivery WHERE source = ?1 AND (host_id = ?2 OR body_digest = ?3)
         ORDER BY received_at, id LIMIT 1`,
      )
      .bind(source, host_id, body_digest),
  ]);
  if (inserted?.meta.changes === 1) return null;
  return z.array(firstRow).parse(first?.results)[0] ?? null;
}

const firstRow = z.object({ id: z.string(), state: incomingDelivery.shape.state });

/** A source's deliveries, newest first, at most `limit`, after the place of the last one of the page before. */
export async function listDeliveries(
  db: D1Database,
  { source, state }: { source: string; state: DeliveryRow["state"] | null },
  after: { at: string; id: string } | null,
  limit: number,
): Promise<DeliveryRow[]> {
  const clauses = ["source = ?1", ...(state === null ? [] : ["state = ?3"])];
  const values = [source, limit, ...(state === null ? [] : [state])];
  if (after !== null) {
    clauses.push(`(received_at, id) < (?${values.length + 1}, ?${values.length + 2})`);
    values.push(after.at, after.id);
  }
  const { results } = await primary(db)
    .prepare(
      `SELECT ${deliveryColumns} FROM webhook_delivery WHERE ${clauses.join(" AND ")}
       ORDER BY received_at DESC, id DESC LIMIT ?2`,
    )
    .bind(...values)
    .all();
  return deliveryRows(results);
}
