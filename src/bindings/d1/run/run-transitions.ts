import { z } from "zod";
import type { Progress } from "../../../contract/run/progress.ts";
import type { Attempt, Replay, RunnerOfRun } from "../../../contract/run/run.ts";
import type { RunFailure } from "../../../contract/run/run-failure.ts";
import { type EntityRow, entityStatements, type Guard } from "../entity/entity-statements.ts";
import { primary } from "../primary.ts";
import { statesBefore } from "./states-before.ts";

/** An attempt as its row says it. */
export interface AttemptOfRun extends Attempt {
  run_id: string;
}

interface Ending {
  runId: string;
  /** Of the lease that ends the run; of the newest one when none does. */
  fence: number;
  attempt: number;
  runner: RunnerOfRun | null;
  startedAt: string | null;
  finishedAt: string;
  /** That with which it ends, and earlier ones of which D1 may not have been told. */
  attempts: AttemptOfRun[];
}

/** A run that is about to succeed, with the entities that its outputs become. */
export interface Success extends Ending {
  state: "succeeded";
  deviceClass: string;
  runSeconds: number;
  /** Canonical digest of the list of outputs. */
  outputsDigest: string;
  progress: Progress;
  /** For a replay whose original has ended. */
  replay: Omit<Replay, "of"> | null;
  entities: EntityRow[];
}

/** A run that is about to fail for good, with the entity that records it. */
export interface RunFailed extends Ending {
  state: "failed";
  failure: RunFailure;
  entity: EntityRow;
}

export type RunEnding = Success | RunFailed;

/** States from which an attempt may end. `lease` is among them: D1's mirror may not have heard yet of the lease that ends. */
const openStates = statesBefore("lease", "succeed", "fail");

/** True in D1 as long as the run may still be ended by this fence. Evaluated inside the batch, so a run ends once. */
function mayEnd(ending: RunEnding): Guard {
  return {
    sql: `EXISTS (SELECT 1 FROM run WHERE id = ? AND state IN ${openStates} AND fence <= ?)`,
    values: [ending.runId, ending.fence],
  };
}

/**
 * Commits the endings of several runs in one D1 batch; each one's statements carry its own guard, and its run row is written last.
 * Answers which of them came about: the others had ended before, or belong to a newer lease.
 */
export async function commitEndings(db: D1Database, endings: readonly RunEnding[]): Promise<boolean[]> {
  const session = primary(db);
  const statements = endings.map((ending) => endingStatements(session, ending));
  const results = await session.batch(statements.flat());
  let last = -1;
  return statements.map((ofOne) => {
    last += ofOne.length;
    return (results[last]?.meta.changes ?? 0) > 0;
  });
}

/** Commits one final failure; false when the run had ended, or has a newer lease. */
export async function commitFailure(db: D1Database, ending: RunFailed): Promise<boolean> {
  const [isDone = false] = await commitEndings(db, [ending]);
  return isDone;
}

/** How many statements an ending takes: D1 runs those of a batch one after the other. */
export function statementCount(ending: RunEnding): number {
  return 2 + 3 * (ending.state === "succeeded" ? ending.entities.length : 1);
}

/** Statements that end a run, for a batch: each carries the guard, and the run's row is written last. */
export function endingStatements(session: D1DatabaseSession, ending: RunEnding): D1PreparedStatement[] {
  const guard = mayEnd(ending);
  const entities = ending.state === "succeeded" ? ending.entities : [ending.entity];
  return [
    ...entities.flatMap((entity) => entityStatements(session, entity, guard)),
    attemptsStatement(session, ending.attempts, guard),
    runStatement(session, ending, guard),
  ];
}

/** One statement for all rows. Whoever told D1 first how an attempt ended is right. */
function attemptsStatement(
  session: D1DatabaseSession,
  attempts: readonly AttemptOfRun[],
  guard: Guard,
): D1PreparedStatement {
  return session
    .prepare(
      `INSERT INTO run_attempt (run_id, fence, attempt, runner, leased_at, ended_at, outcome, failure)
       SELECT value ->> 'run_id', value ->> 'fence', value ->> 'attempt', value ->> 'runner', value ->> 'leased_at',
         value ->> 'ended_at', value ->> 'outcome', value ->> 'failure'
       FROM json_each(?) WHERE ${guard.sql}
       ON CONFLICT (run_id, fence) DO UPDATE SET
         ended_at = excluded.ended_at, outcome = excluded.outcome, failure = excluded.failure
       WHERE run_attempt.outcome = 'under_way'`,
    )
    .bind(JSON.stringify(attempts), ...guard.values);
}

function runStatement(session: D1DatabaseSession, ending: RunEnding, guard: Guard): D1PreparedStatement {
  const common = {
    state: ending.state,
    state_since: ending.finishedAt,
    finished_at: ending.finishedAt,
    started_at: ending.startedAt,
    attempt: ending.attempt,
    fence: ending.fence,
    runner: ending.runner === null ? null : JSON.stringify(ending.runner),
  };
  const changes =
    ending.state === "succeeded"
      ? {
          ...common,
          device_class: ending.deviceClass,
          run_seconds: ending.runSeconds,
          outputs_digest: ending.outputsDigest,
          progress: JSON.stringify(ending.progress),
          replay: ending.replay === null ? null : JSON.stringify(ending.replay),
        }
      : { ...common, failure: JSON.stringify(ending.failure), failure_entity: ending.entity.ecs_id };
  const columns = Object.keys(changes).map((column) => `${column} = ?`);
  return session
    .prepare(`UPDATE run SET ${columns.join(", ")} WHERE id = ? AND ${guard.sql}`)
    .bind(...Object.values(changes), ending.runId, ...guard.values);
}

/** What D1 is told of a run that has not ended. The pool knows it first; this may lag. */
export interface RunMirror {
  run_id: string;
  state: "queued" | "leased" | "running";
  state_since: string;
  attempt: number;
  fence: number;
  runner: RunnerOfRun | null;
  started_at: string | null;
  progress: Progress | null;
}

/** Statements take their rows as one JSON list; more at once would near D1's 2 MB a value. */
export const mirrorRows = 200;

/**
 * Tells D1 how runs stand and which attempts began or ended, at most `mirrorRows` of each; safe to repeat, and a run that has ended
 * stays as it is. Answers the ids of those runs that took it.
 */
export async function mirrorLeases(
  db: D1Database,
  runs: readonly RunMirror[],
  attempts: readonly AttemptOfRun[],
): Promise<Set<string>> {
  const session = primary(db);
  // The plus keeps SQLite from walking all runs of a state, each through the whole list, instead of finding each row by its id.
  const [, updated] = await session.batch([
    attemptsStatement(session, attempts, { sql: "TRUE", values: [] }),
    session
      .prepare(
        `UPDATE run SET state = told.value ->> 'state', state_since = told.value ->> 'state_since',
           attempt = told.value ->> 'attempt', fence = told.value ->> 'fence', runner = told.value ->> 'runner',
           started_at = told.value ->> 'started_at', progress = told.value ->> 'progress'
         FROM json_each(?) AS told
         WHERE run.id = told.value ->> 'run_id' AND +run.state IN ${openStates}
           AND run.fence <= told.value ->> 'fence'
         RETURNING run.id`,
      )
      .bind(JSON.stringify(runs)),
  ]);
  const rows = z.array(z.object({ id: z.string() })).parse(updated?.results);
  return new Set(rows.map((row) => row.id));
}
