import { z } from "zod";

const row = z.object({ position: z.string().nullable() });

/** Where a sweep that works in slices goes on; null: from the start. */
export async function readSweepPosition(db: D1Database, sweep: string): Promise<string | null> {
  const found = await db.prepare("SELECT position FROM sweep_position WHERE sweep = ?").bind(sweep).first();
  return found === null ? null : row.parse(found).position;
}

export async function writeSweepPosition(
  db: D1Database,
  sweep: string,
  position: string | null,
  at: string,
): Promise<void> {
  await db
    .prepare(
      `INSERT INTO sweep_position (sweep, position, moved_at) VALUES (?, ?, ?)
       ON CONFLICT (sweep) DO UPDATE SET position = excluded.position, moved_at = excluded.moved_at`,
    )
    .bind(sweep, position, at)
    .run();
}
