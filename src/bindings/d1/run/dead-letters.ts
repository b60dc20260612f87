import { z } from "zod";
import { type DeadLetter, deadLetter } from "../../../contract/http/runners.ts";
import { primary } from "../primary.ts";
import { jsonColumn } from "./run-row.ts";

const row = z.object({ ...deadLetter.shape, body: jsonColumn(z.unknown()) });

/** Keeps a message that could not be carried out. The same message twice is one row. */
export async function insertDeadLetter(db: D1Database, letter: DeadLetter): Promise<void> {
  await primary(db)
    .prepare(
      `INSERT INTO dead_letter (id, queue, body, reason, attempts, run_id, at) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO NOTHING`,
    )
    .bind(letter.id, letter.queue, textOf(letter.body), letter.reason, letter.attempts, letter.run_id, letter.at)
    .run();
}

/** Dead letters, newest first, at most `limit`, after the place of the last one of the page before. */
export async function listDeadLetters(
  db: D1Database,
  after: Pick<DeadLetter, "at" | "id"> | null,
  limit: number,
): Promise<DeadLetter[]> {
  const { results } = await primary(db)
    .prepare(
      `SELECT id, queue, body, reason, attempts, run_id, at FROM dead_letter
       ${after === null ? "" : "WHERE (at, id) < (?2, ?3)"} ORDER BY at DESC, id DESC LIMIT ?1`,
    )
    .bind(limit, ...(after === null ? [] : [after.at, after.id]))
    .all();
  return z.array(row).parse(results);
}

/** A queue carries what the structured clone does, which is more than JSON. */
function textOf(body: unknown): string {
  try {
    return JSON.stringify(body) ?? "null";
  } catch {
    return JSON.stringify(String(body));
  }
}
