import { z } from "zod";
import { capabilities } from "../../contract/runner/capabilities.ts";
import { jsonColumn } from "../d1/run/run-row.ts";

const flag = z.number().transform((given) => given === 1);

const runnerRow = z.object({
  runner_id: z.string(),
  capabilities: jsonColumn(capabilities),
  is_approved: flag,
  is_drained: flag,
  warm: jsonColumn(z.array(z.string())),
  vram_others: jsonColumn(z.record(z.string(), z.number())),
  first_seen_at: z.number(),
  connected_at: z.number().nullable(),
  heard_at: z.number(),
  succeeded: z.number(),
  failed: z.number(),
});
/** A runner as a pool has it on disk. */
export type RunnerRow = z.infer<typeof runnerRow>;

/** Runners that a pool has ever seen, on disk. */
export class RunnerTable {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  save(row: RunnerRow): void {
    this.#sql.exec(
      `INSERT OR REPLACE INTO runner (runner_id, capabilities, is_approved, is_drained, warm, vram_others, first_seen_at,
         connected_at, heard_at, succeeded, failed)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      row.runner_id,
      JSON.stringify(row.capabilities),
      row.is_approved ? 1 : 0,
      row.is_drained ? 1 : 0,
      JSON.stringify(row.warm),
      JSON.stringify(row.vram_others),
      row.first_seen_at,
      row.connected_at,
      row.heard_at,
      row.succeeded,
      row.failed,
    );
  }

  saveWarm(runnerId: string, warm: readonly string[], vramOthers: Readonly<Record<string, number>>): void {
    const values = [JSON.stringify(warm), JSON.stringify(vramOthers), runnerId];
    this.#sql.exec("UPDATE runner SET warm = ?, vram_others = ? WHERE runner_id = ?", ...values);
  }

  saveCounts(runnerId: string, succeeded: number, failed: number): void {
    this.#sql.exec("UPDATE runner SET succeeded = ?, failed = ? WHERE runner_id = ?", succeeded, failed, runnerId);
  }

  list(): RunnerRow[] {
    return z.array(runnerRow).parse(this.#sql.exec("SELECT * FROM runner").toArray());
  }

  remove(runnerId: string): void {
    this.#sql.exec("DELETE FROM runner WHERE runner_id = ?", runnerId);
  }
}
