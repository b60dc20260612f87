import { limits } from "../../../contract/limits.ts";
import type { Job } from "../../../contract/runner/job.ts";
import { type EntityRow, entityStatements } from "../entity/entity-statements.ts";
import { primary } from "../primary.ts";
import { isKeyTaken, type KeyedRequest, keyStatements } from "./idempotency-keys.ts";
import type { RunRow } from "./run-row.ts";

/** A run that is about to be recorded, with all that must be recorded with it. */
export interface NewRun {
  row: RunRow;
  job: Job;
  inputEntity: EntityRow;
  /** Null when the request has no Idempotency-Key. */
  keyed: KeyedRequest | null;
}

/**
 * Records a run in one D1 batch: its key, its row and labels, its input entity with sources and files, its pool.
 * All or nothing. Answers false, and nothing is recorded, when another request took the key first.
 */
export async function insertRun(db: D1Database, run: NewRun): Promise<boolean> {
  const session = primary(db);
  const { created_at: at, pool } = run.row;
  try {
    await session.batch([
      ...newRunStatements(session, run),
      session.prepare("INSERT INTO pool (name, created_at) VALUES (?, ?) ON CONFLICT (name) DO NOTHING").bind(pool, at),
    ]);
    return true;
  } catch (error) {
    if (isKeyTaken(error)) return false;
    throw error;
  }
}

/** Statements that record a run, its pool left out, for a batch: a key that is taken fails it. */
export function newRunStatements(session: D1DatabaseSession, run: NewRun): D1PreparedStatement[] {
  const { id: runId, created_at: at, labels } = run.row;
  return [
    ...(run.keyed === null ? [] : keyStatements(session, run.keyed, { runId, at, notBefore: keysSince(at) })),
    rowStatement(session, run),
    session
      .prepare("INSERT INTO run_label (key, value, run_id) SELECT key, value, ?1 FROM json_each(?2)")
      .bind(runId, JSON.stringify(labels)),
    ...entityStatements(session, run.inputEntity, null),
  ];
}

/** Keys that were taken before this have expired. */
export function keysSince(now: string): string {
  return new Date(Date.parse(now) - limits.idempotencySeconds * 1000).toISOString();
}

function rowStatement(session: D1DatabaseSession, { row, job }: NewRun): D1PreparedStatement {
  return session
    .prepare(
      `INSERT INTO run (id, kind, name, version, digest, pool, priority, labels, job, state, state_since, max_attempts,
         timeout_seconds, input_entity, replay_of, created_at, created_by, parent_run, parent_step, retry_of, retry_from)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .bind(
      row.id,
      row.kind,
      row.name,
      row.version,
      row.digest,
      row.pool,
      row.priority,
      JSON.stringify(row.labels),
      JSON.stringify(job),
      row.state_since,
      row.max_attempts,
      row.timeout_seconds,
      row.input_entity,
      row.replay_of,
      row.created_at,
      row.created_by,
      row.parent_run,
      row.parent_step,
      row.retry_of,
      row.retry_from,
    );
}
