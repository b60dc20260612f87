import { primary } from "../primary.ts";
import { isKeyTaken } from "./idempotency-keys.ts";
import { type NewRun, newRunStatements } from "./insert-run.ts";
import { endingStatements, type RunEnding } from "./run-transitions.ts";

/**
 * Records a run together with its end in one D1 batch: what `insertRun` records, then what `commitEndings` does. All or nothing: there is
 * no moment at which the run is known and has not ended. Answers false when another request took the key first.
 */
export async function insertEndedRun(
  db: D1Database,
  run: NewRun,
  end: { ending: RunEnding; eventsDigest: string | null },
): Promise<boolean> {
  const session = primary(db);
  const { eventsDigest } = end;
  try {
    await session.batch([
      ...newRunStatements(session, run),
      ...endingStatements(session, end.ending),
      ...(eventsDigest === null
        ? []
        : [session.prepare("UPDATE run SET events_digest = ? WHERE id = ?").bind(eventsDigest, run.row.id)]),
    ]);
    return true;
  } catch (error) {
    if (isKeyTaken(error)) return false;
    throw error;
  }
}
