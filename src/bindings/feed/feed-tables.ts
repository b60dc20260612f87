import { z } from "zod";

/*
 * What a RunFeed has on disk (SQLite of its Durable Object). Times are milliseconds since 1970.
 *
 *   event   what happened in its run, until it is archived in R2; `key` tells one from all others
 *   own     whose feed it is, and when its run ended
 */
const tables = `
CREATE TABLE IF NOT EXISTS event (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, json TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS own (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  run_id TEXT NOT NULL,
  told_at INTEGER NOT NULL,           -- the first event
  ended_at INTEGER
);
`;

const ownRow = z.object({ run_id: z.string(), told_at: z.number(), ended_at: z.number().nullable() });
/** Whose feed it is, and how far its run is. */
export type FeedOwner = z.infer<typeof ownRow>;

const eventRow = z.object({ json: z.string() });

/** A feed's disk. One that was told nothing has none, so that asking it leaves no trace. */
export class FeedTables {
  readonly #sql: SqlStorage;
  #isThere: boolean;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    this.#isThere = sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'own'").toArray().length > 0;
  }

  /** Null when it was told nothing, or all was archived. */
  owner(): FeedOwner | null {
    if (!this.#isThere) return null;
    const [row] = this.#sql.exec("SELECT run_id, told_at, ended_at FROM own").toArray();
    return row === undefined ? null : ownRow.parse(row);
  }

  /** Makes the tables, where there are none. */
  open(runId: string, nowMs: number): void {
    if (!this.#isThere) this.#sql.exec(tables);
    this.#isThere = true;
    this.#sql.exec(
      "INSERT INTO own (one, run_id, told_at) VALUES (1, ?, ?) ON CONFLICT (one) DO NOTHING",
      runId,
      nowMs,
    );
  }

  markEnded(nowMs: number): void {
    this.#sql.exec("UPDATE own SET ended_at = ? WHERE ended_at IS NULL", nowMs);
  }

  lastId(): number {
    return z.object({ id: z.number() }).parse(this.#sql.exec("SELECT COALESCE(MAX(id), 0) AS id FROM event").one()).id;
  }

  /** False, and nothing is kept, when an event of this key was told before. */
  insert(id: number, key: string, json: string): boolean {
    const done = this.#sql.exec(
      "INSERT INTO event (id, key, json) VALUES (?, ?, ?) ON CONFLICT (key) DO NOTHING RETURNING id",
      id,
      key,
      json,
    );
    return done.toArray().length > 0;
  }

  /** Events after `after`, oldest first, as the JSON texts that listeners get. */
  list(after: number, limit: number): string[] {
    if (!this.#isThere) return [];
    const rows = this.#sql.exec("SELECT json FROM event WHERE id > ? ORDER BY id LIMIT ?", after, limit).toArray();
    return z
      .array(eventRow)
      .parse(rows)
      .map((row) => row.json);
  }

  /** Its storage was removed. */
  forget(): void {
    this.#isThere = false;
  }
}
