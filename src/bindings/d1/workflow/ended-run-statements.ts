import type { Job } from "../../../contract/runner/job.ts";
import { chunksOf, type EntityRow, entityColumns, entityValues } from "../entity/entity-statements.ts";
import type { RunRow } from "../run/run-row.ts";
import type { RunEnding } from "../run/run-transitions.ts";

/** A run that was done in place, for a step of a workflow, and that D1 has not heard of. */
export interface EndedRun {
  row: RunRow;
  job: Job;
  inputEntity: EntityRow;
  ending: RunEnding;
  eventsDigest: string | null;
}

/**
 * Records such runs with all that `insertEndedRun` records of one, each table by one statement whatever their number. What is there already
 * stays: a run that is told twice is recorded once.
 */
export function endedRunStatements(session: D1DatabaseSession, runs: readonly EndedRun[]): D1PreparedStatement[] {
  if (runs.length === 0) return [];
  const entities = runs.flatMap(({ inputEntity, ending }) => [
    inputEntity,
    ...(ending.state === "succeeded" ? ending.entities : [ending.entity]),
  ]);
  return [
    ...insertAll(session, "entity", entityColumns, entities.map(entityValues)),
    ...insertAll(
      session,
      "entity_source",
      ["ecs_id", "path", "source_ecs_id", "source_path"],
      entities.flatMap(sourcesOf),
    ),
    ...insertAll(session, "entity_file", ["digest", "ecs_id"], entities.flatMap(filesOf)),
    ...insertAll(session, "run_attempt", attemptColumns, runs.flatMap(attemptsOf)),
    ...insertAll(session, "run", runColumns, runs.map(runValues)),
  ];
}

type Value = string | number | null;

/** JSON within a row is a text in the list: D1 stores it as it was written. */
function insertAll(
  session: D1DatabaseSession,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly Value[])[],
): D1PreparedStatement[] {
  const values = columns.map((_, at) => `value ->> ${at}`).join(", ");
  const statement = `INSERT INTO ${table} (${columns.join(", ")}) SELECT ${values} FROM json_each(?) WHERE TRUE ON CONFLICT DO NOTHING`;
  return chunksOf(rows).map((chunk) => session.prepare(statement).bind(chunk));
}

function sourcesOf({ ecs_id, borrowed }: EntityRow): Value[][] {
  return borrowed.map(({ path, sourceEcsId, sourcePath }) => [ecs_id, path, sourceEcsId, sourcePath]);
}

function filesOf({ ecs_id, files, data_digest }: EntityRow): Value[][] {
  return [...new Set(data_digest === null ? files : [...files, data_digest])].map((digest) => [digest, ecs_id]);
}

const attemptColumns = ["run_id", "fence", "attempt", "runner", "leased_at", "ended_at", "outcome", "failure"];

function attemptsOf({ ending }: EndedRun): Value[][] {
  return ending.attempts.map((attempt) => [
    attempt.run_id,
    attempt.fence,
    attempt.attempt,
    JSON.stringify(attempt.runner),
    attempt.leased_at,
    attempt.ended_at,
    attempt.outcome,
    attempt.failure === null ? null : JSON.stringify(attempt.failure),
  ]);
}

const runColumns = [
  ...[
    "id",
    "kind",
    "name",
    "version",
    "digest",
    "pool",
    "priority",
    "labels",
    "job",
    "state",
    "state_since",
    "attempt",
  ],
  ...["max_attempts", "timeout_seconds", "fence", "runner", "device_class", "progress", "failure", "failure_entity"],
  ...["input_entity", "outputs_digest", "events_digest", "created_at", "created_by", "started_at", "finished_at"],
  ...["run_seconds", "parent_run", "parent_step", "parent_told"],
];

function runValues({ row, job, ending, eventsDigest }: EndedRun): Value[] {
  const done = ending.state === "succeeded" ? ending : null;
  const failed = ending.state === "failed" ? ending : null;
  return [
    ...[row.id, row.kind, row.name, row.version, row.digest, row.pool, row.priority],
    ...[JSON.stringify(row.labels), JSON.stringify(job), ending.state, ending.finishedAt, ending.attempt],
    ...[row.max_attempts, row.timeout_seconds, ending.fence, JSON.stringify(ending.runner)],
    ...[done?.deviceClass ?? null, done === null ? null : JSON.stringify(done.progress)],
    ...[failed === null ? null : JSON.stringify(failed.failure), failed?.entity.ecs_id ?? null],
    ...[row.input_entity, done?.outputsDigest ?? null, eventsDigest, row.created_at, row.created_by],
    ...[ending.startedAt, ending.finishedAt, done?.runSeconds ?? null, row.parent_run, row.parent_step],
    // The workflow had its outcome before D1 did.
    1,
  ];
}
