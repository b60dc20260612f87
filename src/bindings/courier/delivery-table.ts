import { z } from "zod";
import {
  type DeliveryAttempt,
  deliveryAttempt,
  type OutgoingDelivery,
  outgoingDelivery,
} from "../../contract/subscription/subscription.ts";
import type { DeliveryContent } from "../../domain/subscription/delivered-change.ts";
import { jsonColumn } from "../d1/run/run-row.ts";

const deliveryRow = z.object({
  place: z.number(),
  id: z.string(),
  type: outgoingDelivery.shape.type,
  seq: z.number().nullable(),
  name: z.string().nullable(),
  lane: z.string(),
  body: z.string(),
  state: outgoingDelivery.shape.state,
  is_head: z.number().transform((flag) => flag === 1),
  due_at: z.number(),
  first_try_at: z.number().nullable(),
  tries: z.number(),
  attempt_count: z.number(),
  attempts: jsonColumn(z.array(deliveryAttempt)),
  created_at: z.number(),
});
/** A delivery as its courier has it. Times are milliseconds since 1970. */
export type DeliveryRow = z.infer<typeof deliveryRow>;

const count = z.object({ count: z.number() });
const time = z.object({ at: z.number().nullable() });

/** Deliveries of one subscription: the outbox, and the log of what ended lately. */
export class DeliveryTable {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Adds one that waits. One of its id that is there already stays as it is. */
  insert(content: DeliveryContent, nowMs: number): void {
    const lane = content.name ?? content.id;
    this.#sql.exec(
      `INSERT INTO delivery (id, type, seq, name, lane, body, state, is_head, due_at, tries, attempt_count, attempts, created_at)
       VALUES (?, ?, ?, ?, ?, ?, 'waiting', 0, ?, 0, 0, '[]', ?) ON CONFLICT (id) DO NOTHING`,
      content.id,
      content.type,
      content.seq,
      content.name,
      lane,
      content.body,
      nowMs,
      nowMs,
    );
    this.#chooseHead(lane);
  }

  load(id: string): DeliveryRow | null {
    const [row] = this.#sql.exec("SELECT * FROM delivery WHERE id = ?", id).toArray();
    return row === undefined ? null : deliveryRow.parse(row);
  }

  /** Heads, the first that are due. */
  listHeads(most: number): DeliveryRow[] {
    const query = "SELECT * FROM delivery WHERE is_head = 1 ORDER BY due_at, place LIMIT ?";
    return z.array(deliveryRow).parse(this.#sql.exec(query, most).toArray());
  }

  /** Newest first, those before a place; null: from the newest on. */
  list(state: OutgoingDelivery["state"] | null, before: number | null, most: number): DeliveryRow[] {
    const place = before ?? Number.MAX_SAFE_INTEGER;
    const rows =
      state === null
        ? this.#sql.exec("SELECT * FROM delivery WHERE place < ? ORDER BY place DESC LIMIT ?", place, most)
        : this.#sql.exec(
            "SELECT * FROM delivery WHERE state = ? AND place < ? ORDER BY place DESC LIMIT ?",
            state,
            place,
            most,
          );
    return z.array(deliveryRow).parse(rows.toArray());
  }

  countWaiting(): number {
    return count.parse(this.#sql.exec("SELECT COUNT(*) AS count FROM delivery WHERE state = 'waiting'").one()).count;
  }

  /** When the oldest of those that wait after a failed try was first tried. */
  failingSince(): number | null {
    const query = "SELECT MIN(first_try_at) AS at FROM delivery WHERE state = 'waiting' AND first_try_at IS NOT NULL";
    return time.parse(this.#sql.exec(query).one()).at;
  }

  noteAttempt(row: DeliveryRow, attempts: readonly DeliveryAttempt[]): void {
    const query = "UPDATE delivery SET attempts = ?, attempt_count = attempt_count + 1 WHERE place = ?";
    this.#sql.exec(query, JSON.stringify(attempts), row.place);
  }

  /** It is tried again at `dueAt`. */
  retry(row: DeliveryRow, firstTryAt: number, dueAt: number): void {
    const query = "UPDATE delivery SET first_try_at = ?, tries = tries + 1, due_at = ? WHERE place = ?";
    this.#sql.exec(query, firstTryAt, dueAt, row.place);
  }

  /** The next one of its lane may go. */
  end(row: DeliveryRow, state: "delivered" | "given_up", nowMs: number): void {
    const query = "UPDATE delivery SET state = ?, is_head = 0, first_try_at = NULL, ended_at = ? WHERE place = ?";
    this.#sql.exec(query, state, nowMs, row.place);
    this.#chooseHead(row.lane);
  }

  /** Has it sent again, in its old place among those of its lane. */
  restart(row: DeliveryRow, nowMs: number): void {
    const query = `UPDATE delivery SET state = 'waiting', due_at = ?, first_try_at = NULL, tries = 0, ended_at = NULL WHERE place = ?`;
    this.#sql.exec(query, nowMs, row.place);
    this.#chooseHead(row.lane);
  }

  /** All that wait are due, as if never tried. */
  restartAll(nowMs: number): void {
    this.#sql.exec("UPDATE delivery SET due_at = ?, first_try_at = NULL, tries = 0 WHERE state = 'waiting'", nowMs);
  }

  /** Forgets what ended at `before` or earlier, and the oldest of what ended beyond `most`. */
  removeEnded(before: number, most: number): void {
    this.#sql.exec("DELETE FROM delivery WHERE ended_at <= ?", before);
    this.#sql.exec(
      `DELETE FROM delivery WHERE ended_at <=
         (SELECT ended_at FROM delivery WHERE ended_at IS NOT NULL ORDER BY ended_at DESC LIMIT 1 OFFSET ?)`,
      most,
    );
  }

  /** The oldest that waits is the head of its lane, whoever was. */
  #chooseHead(lane: string): void {
    this.#sql.exec("UPDATE delivery SET is_head = 0 WHERE lane = ? AND is_head = 1", lane);
    this.#sql.exec(
      "UPDATE delivery SET is_head = 1 WHERE place = (SELECT MIN(place) FROM delivery WHERE lane = ? AND state = 'waiting')",
      lane,
    );
  }
}
