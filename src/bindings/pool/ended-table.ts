import { z } from "zod";
import { finalStates } from "../../contract/run/run-state.ts";

const endedRow = z.object({
  run_id: z.string(),
  fence: z.number(),
  outcome: z.enum(finalStates),
  ended_at: z.number(),
  is_archived: z.number().transform((flag) => flag === 1),
});
/** A run that ended lately. */
export type EndedRow = z.infer<typeof endedRow>;

/** Runs that ended lately, on disk. */
export class EndedTable {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  insert(row: Omit<EndedRow, "is_archived">): void {
    this.#sql.exec(
      "INSERT INTO ended (run_id, fence, outcome, ended_at) VALUES (?, ?, ?, ?) ON CONFLICT (run_id) DO NOTHING",
      row.run_id,
      row.fence,
      row.outcome,
      row.ended_at,
    );
  }

  load(runId: string): EndedRow | null {
    const [row] = this.#sql.exec("SELECT * FROM ended WHERE run_id = ?", runId).toArray();
    return row === undefined ? null : endedRow.parse(row);
  }

  /** Runs that ended at `before` or earlier, oldest first. */
  listOlder(isArchived: boolean, before: number, most: number): EndedRow[] {
    const rows = this.#sql.exec(
      "SELECT * FROM ended WHERE is_archived = ? AND ended_at <= ? ORDER BY ended_at LIMIT ?",
      isArchived ? 1 : 0,
      before,
      most,
    );
    return z.array(endedRow).parse(rows.toArray());
  }

  /** When the oldest of them ended; null when there is none. */
  oldestAt(isArchived: boolean): number | null {
    const row = this.#sql.exec("SELECT MIN(ended_at) AS at FROM ended WHERE is_archived = ?", isArchived ? 1 : 0).one();
    return z.object({ at: z.number().nullable() }).parse(row).at;
  }

  markArchived(runId: string): void {
    this.#sql.exec("UPDATE ended SET is_archived = 1 WHERE run_id = ?", runId);
  }

  /** Forgets what was archived and ended at `before` or earlier. */
  removeOlder(before: number): void {
    this.#sql.exec("DELETE FROM ended WHERE is_archived = 1 AND ended_at <= ?", before);
  }
}
