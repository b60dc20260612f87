import { z } from "zod";
import { DeliveryTable } from "./delivery-table.ts";

/*
 * What a Courier has on disk (SQLite of its Durable Object). Times are milliseconds since 1970.
 *
 *   own        whose courier it is, and how far it is
 *   delivery   what is to be sent, in order, and what came of what was sent lately
 *
 * A lane is what is sent in order: a name. Only the oldest delivery of a lane that waits is its head, and only heads are tried.
 */
const tables = `
CREATE TABLE IF NOT EXISTS own (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  subscription_id TEXT NOT NULL,
  position INTEGER NOT NULL,          -- changes up to this seq were taken up
  is_active INTEGER NOT NULL,         -- as far as it knows: D1 decides
  last_delivered_at INTEGER
);
CREATE TABLE IF NOT EXISTS delivery (
  place INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  type TEXT NOT NULL,
  seq INTEGER,
  name TEXT,
  lane TEXT NOT NULL,
  body TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'delivered', 'given_up')),
  is_head INTEGER NOT NULL,
  due_at INTEGER NOT NULL,            -- when it is tried, once it is a head
  first_try_at INTEGER,               -- of those that count for its being given up; null: none failed yet
  tries INTEGER NOT NULL,             -- since then
  attempt_count INTEGER NOT NULL,     -- ever
  attempts TEXT NOT NULL,             -- JSON: the last ones
  created_at INTEGER NOT NULL,
  ended_at INTEGER
);
CREATE INDEX IF NOT EXISTS delivery_state ON delivery (state, place);
CREATE INDEX IF NOT EXISTS delivery_lane ON delivery (lane, place) WHERE state = 'waiting';
CREATE INDEX IF NOT EXISTS delivery_head ON delivery (lane) WHERE is_head = 1;
CREATE INDEX IF NOT EXISTS delivery_due ON delivery (due_at, place) WHERE is_head = 1;
CREATE INDEX IF NOT EXISTS delivery_failing ON delivery (first_try_at) WHERE state = 'waiting' AND first_try_at IS NOT NULL;
CREATE INDEX IF NOT EXISTS delivery_ended ON delivery (ended_at) WHERE ended_at IS NOT NULL;
`;

const ownRow = z.object({
  subscription_id: z.string(),
  position: z.number(),
  is_active: z.number().transform((flag) => flag === 1),
  last_delivered_at: z.number().nullable(),
});
/** Whose courier it is, and how far it is. */
export type CourierOwner = z.infer<typeof ownRow>;

/** A courier's disk. One that was never asked for anything has none, so that asking how it is leaves no trace. */
export class CourierTables {
  readonly deliveries: DeliveryTable;
  readonly #storage: DurableObjectStorage;
  #isThere: boolean;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
    this.deliveries = new DeliveryTable(storage.sql);
    this.#isThere = storage.sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'own'").toArray().length > 0;
  }

  /** Null when it was never asked for anything, or its subscription was removed. */
  owner(): CourierOwner | null {
    if (!this.#isThere) return null;
    const query = "SELECT subscription_id, position, is_active, last_delivered_at FROM own";
    const [row] = this.#storage.sql.exec(query).toArray();
    return row === undefined ? null : ownRow.parse(row);
  }

  /** Makes the tables, where there are none. */
  open(subscriptionId: string, beginsAfter: number): void {
    if (!this.#isThere) this.#storage.sql.exec(tables);
    this.#isThere = true;
    const query =
      "INSERT INTO own (one, subscription_id, position, is_active) VALUES (1, ?, ?, 1) ON CONFLICT DO NOTHING";
    this.#storage.sql.exec(query, subscriptionId, beginsAfter);
  }

  /** All or nothing. Nothing is done when the subscription was removed meanwhile. */
  change(work: () => void): void {
    if (this.#isThere) this.#storage.transactionSync(work);
  }

  /** Never back. */
  moveTo(position: number): void {
    this.#storage.sql.exec("UPDATE own SET position = MAX(position, ?)", position);
  }

  setActive(isActive: boolean): void {
    this.#storage.sql.exec("UPDATE own SET is_active = ?", isActive ? 1 : 0);
  }

  noteDelivered(nowMs: number): void {
    this.#storage.sql.exec("UPDATE own SET last_delivered_at = ?", nowMs);
  }

  /** Its storage was removed. */
  forget(): void {
    this.#isThere = false;
  }
}
