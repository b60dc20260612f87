import { z } from "zod";
import { artifactKind } from "../../../contract/artifact/kind.ts";
import { runFailure } from "../../../contract/run/run-failure.ts";
import { finalStates, runState } from "../../../contract/run/run-state.ts";
import { primary } from "../primary.ts";
import { jsonColumn } from "../run/run-row.ts";
import { statesBefore } from "../run/states-before.ts";

const endedChild = z.object({
  id: z.string(),
  parent_run: z.string(),
  parent_state: runState.nullable(),
  state: z.enum(finalStates),
  entity: z.string().nullable(),
  finished_at: z.string(),
  failure: jsonColumn(runFailure).nullable(),
  reason: z.string().nullable(),
});
/** A run that has ended and whose parent was not told. `parent_state`: where that run stands; null when it is not known. */
export type EndedChild = z.infer<typeof endedChild>;

/** Those of these runs that do steps of others, have ended, and have not told so. One bound value, whatever their number. */
export async function loadUntold(db: D1Database, runIds: readonly string[]): Promise<EndedChild[]> {
  if (runIds.length === 0) return [];
  const { results } = await primary(db)
    .prepare(
      `SELECT r.id, r.parent_run, p.state AS parent_state, r.state, COALESCE(r.finished_at, r.state_since) AS finished_at,
         r.failure, r.cancel_reason AS reason,
         (SELECT ecs_id FROM entity WHERE derived_from_run = r.id AND role = 'output' AND output_index = 0) AS entity
       FROM json_each(?) asked JOIN run r ON r.id = asked.value LEFT JOIN run p ON p.id = r.parent_run
       WHERE r.parent_run IS NOT NULL AND r.parent_told = 0 AND r.state NOT IN ${statesBefore("cancel")}`,
    )
    .bind(JSON.stringify(runIds))
    .all();
  return z.array(endedChild).parse(results);
}

/** Records that the parents of these runs know of their ends. */
export async function markTold(db: D1Database, runIds: readonly string[]): Promise<void> {
  if (runIds.length === 0) return;
  await primary(db)
    .prepare("UPDATE run SET parent_told = 1 WHERE id IN (SELECT value FROM json_each(?)) AND parent_told = 0")
    .bind(JSON.stringify(runIds))
    .run();
}

/** Ids of runs that ended before `before` (RFC 3339) and whose parents were not told, after the id `after`, at most `limit`. */
export async function listUntold(db: D1Database, before: string, after: string, limit: number): Promise<string[]> {
  const session = primary(db);
  const found = await session.batch(
    finalStates.map((state) =>
      session
        .prepare(
          `SELECT id FROM run WHERE state = ? AND parent_run IS NOT NULL AND parent_told = 0 AND id > ? AND state_since < ?
           ORDER BY id LIMIT ?`,
        )
        .bind(state, after, before, limit),
    ),
  );
  const ids = found.flatMap(({ results }) =>
    z
      .array(z.object({ id: z.string() }))
      .parse(results)
      .map(({ id }) => id),
  );
  return ids.toSorted().slice(0, limit);
}

const cancelledChild = z.object({ id: z.string(), kind: artifactKind, pool: z.string() });
export type CancelledChild = z.infer<typeof cancelledChild>;

/** Statements that cancel what a run waited for and that has not ended, for a batch. */
export function cancelChildrenStatements(
  session: D1DatabaseSession,
  parentRun: string,
  { at, by, reason }: { at: string; by: string; reason: string },
): D1PreparedStatement[] {
  return [
    session
      .prepare(
        `UPDATE run_attempt SET outcome = 'cancelled', ended_at = ?2 WHERE outcome = 'under_way'
         AND run_id IN (SELECT id FROM run WHERE parent_run = ?1 AND state IN ${statesBefore("cancel")})`,
      )
      .bind(parentRun, at),
    // The parent has ended: there is nobody to tell.
    session
      .prepare(
        `UPDATE run SET state = 'cancelled', state_since = ?2, finished_at = ?2, cancelled_by = ?3, cancel_reason = ?4, parent_told = 1
         WHERE parent_run = ?1 AND state IN ${statesBefore("cancel")}`,
      )
      .bind(parentRun, at, by, reason),
  ];
}

/** Children of a run that were cancelled at `since` or later: those whom its end concerns. Their number is bounded by what runs at once. */
export async function listCancelledChildren(
  db: D1Database,
  parentRun: string,
  since: string,
): Promise<CancelledChild[]> {
  const { results } = await primary(db)
    .prepare(
      `SELECT id, kind, pool FROM run WHERE parent_run = ? AND state = 'cancelled' AND finished_at >= ? ORDER BY id`,
    )
    .bind(parentRun, since)
    .all();
  return z.array(cancelledChild).parse(results);
}
