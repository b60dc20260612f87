import { z } from "zod";

const eventRow = z.object({ json: z.string() });
const countRow = z.object({ last_id: z.number(), log_bytes: z.number() });

/** Events of runs on disk, each as the JSON text that listeners get. */
export class EventTable {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  insert(runId: string, id: number, json: string): void {
    this.#sql.exec("INSERT INTO event (run_id, id, json) VALUES (?, ?, ?)", runId, id, json);
  }

  /** Events after `after`, oldest first. */
  list(runId: string, after: number, limit: number): string[] {
    const rows = this.#sql.exec(
      "SELECT json FROM event WHERE run_id = ? AND id > ? ORDER BY id LIMIT ?",
      runId,
      after,
      limit,
    );
    return z
      .array(eventRow)
      .parse(rows.toArray())
      .map((row) => row.json);
  }

  /** The number of the last event, 0 for none, and how many bytes its log lines take. */
  count(runId: string): { lastId: number; logBytes: number } {
    const row = this.#sql
      .exec(
        `SELECT COALESCE(MAX(id), 0) AS last_id,
           COALESCE(SUM(CASE WHEN json ->> 'type' = 'log' THEN LENGTH(json) ELSE 0 END), 0) AS log_bytes
         FROM event WHERE run_id = ?`,
        runId,
      )
      .one();
    const { last_id: lastId, log_bytes: logBytes } = countRow.parse(row);
    return { lastId, logBytes };
  }

  removeOf(runId: string): void {
    this.#sql.exec("DELETE FROM event WHERE run_id = ?", runId);
  }
}
