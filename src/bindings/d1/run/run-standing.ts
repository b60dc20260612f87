import { z } from "zod";
import { runState } from "../../../contract/run/run-state.ts";
import { primary } from "../primary.ts";

const standingRow = z.object({ id: z.string(), state: runState, attempt: z.number(), fence: z.number() });

/** How a run stands in D1: whether and by which lease it has ended. */
export type StandingInD1 = z.infer<typeof standingRow>;

/** How runs stand in D1, by id; those that it does not know are missing. One bound value, whatever their number. */
export async function loadStandings(db: D1Database, runIds: readonly string[]): Promise<Map<string, StandingInD1>> {
  if (runIds.length === 0) return new Map();
  const { results } = await primary(db)
    .prepare("SELECT id, state, attempt, fence FROM run WHERE id IN (SELECT value FROM json_each(?))")
    .bind(JSON.stringify(runIds))
    .all();
  const rows = z.array(standingRow).parse(results);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Seconds that the newest successes of an artifact took on a class of device, newest first, at most 20. */
export async function loadPastSeconds(
  db: D1Database,
  kind: string,
  name: string,
  deviceClass: string,
): Promise<number[]> {
  const { results } = await db
    .prepare(
      `SELECT run_seconds FROM run WHERE kind = ? AND name = ? AND device_class = ? AND state = 'succeeded'
       ORDER BY finished_at DESC LIMIT 20`,
    )
    .bind(kind, name, deviceClass)
    .all();
  return z
    .array(z.object({ run_seconds: z.number() }))
    .parse(results)
    .map((row) => row.run_seconds);
}

/** Records where the events of ended runs are archived. */
export async function recordArchives(
  db: D1Database,
  archives: readonly { run_id: string; digest: string }[],
): Promise<void> {
  if (archives.length === 0) return;
  await db
    .prepare(
      `UPDATE run SET events_digest = archive.value ->> 'digest' FROM json_each(?) AS archive
       WHERE run.id = archive.value ->> 'run_id'`,
    )
    .bind(JSON.stringify(archives))
    .run();
}

/** Records how a replay compares with its original, unless that is known. */
export async function recordReplay(db: D1Database, runId: string, found: string): Promise<void> {
  await db.prepare("UPDATE run SET replay = ? WHERE id = ? AND replay IS NULL").bind(found, runId).run();
}
