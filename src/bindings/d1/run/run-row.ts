import { z } from "zod";
import { artifactKind } from "../../../contract/artifact/kind.ts";
import { progress } from "../../../contract/run/progress.ts";
import { replay, runnerOfRun } from "../../../contract/run/run.ts";
import { runFailure } from "../../../contract/run/run-failure.ts";
import { labels } from "../../../contract/run/run-request.ts";
import { runState } from "../../../contract/run/run-state.ts";
import { type Job, job } from "../../../contract/runner/job.ts";
import { primary } from "../primary.ts";

/** A column that holds JSON of a schema. */
export function jsonColumn<Schema extends z.ZodType>(schema: Schema) {
  return z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(schema);
}

/** What D1 knows of a run, its job left out. */
export const runRow = z.object({
  id: z.string(),
  kind: artifactKind,
  name: z.string(),
  version: z.string(),
  digest: z.string(),
  pool: z.string(),
  priority: z.number(),
  labels: jsonColumn(labels),
  state: runState,
  state_since: z.string(),
  attempt: z.number(),
  max_attempts: z.number(),
  timeout_seconds: z.number(),
  fence: z.number(),
  runner: jsonColumn(runnerOfRun).nullable(),
  progress: jsonColumn(progress).nullable(),
  failure: jsonColumn(runFailure).nullable(),
  failure_entity: z.string().nullable(),
  cancelled_by: z.string().nullable(),
  cancel_reason: z.string().nullable(),
  input_entity: z.string(),
  replay_of: z.string().nullable(),
  replay: jsonColumn(replay.omit({ of: true })).nullable(),
  /** The step of a workflow's run that it does; null for a run of its own. */
  parent_run: z.string().nullable(),
  parent_step: z.string().nullable(),
  /** Of a workflow's run that goes on from where another one failed. */
  retry_of: z.string().nullable(),
  retry_from: z.string().nullable(),
  events_digest: z.string().nullable(),
  created_at: z.string(),
  created_by: z.string(),
  started_at: z.string().nullable(),
  finished_at: z.string().nullable(),
  run_seconds: z.number().nullable(),
});
export type RunRow = z.infer<typeof runRow>;

/** The columns of `runRow`, in SQL. */
export const runColumns = Object.keys(runRow.shape)
  .map((column) => `r.${column}`)
  .join(", ");

/** A run as D1 has it now; null when there is none. */
export async function loadRunRow(db: D1Database, runId: string): Promise<RunRow | null> {
  return runRowOf(await runRowStatement(primary(db), runId).all());
}

/** Reads a run, for a batch that says how it stands after its other statements. */
export function runRowStatement(session: D1DatabaseSession, runId: string): D1PreparedStatement {
  return session.prepare(`SELECT ${runColumns} FROM run r WHERE r.id = ?`).bind(runId);
}

/** What such a statement gave; null when there is no such run. */
export function runRowOf(result: D1Result | undefined): RunRow | null {
  const [row] = z.array(runRow).parse(result?.results);
  return row ?? null;
}

/** The job of a run as it was made at the edge; null when there is no such run. */
export async function loadJob(db: D1Database, runId: string): Promise<Job | null> {
  const found = await loadJobs(db, [runId]);
  return found.get(runId)?.job ?? null;
}

const jobRow = z.object({ id: z.string(), state: runState, job: jsonColumn(job) });

/** Jobs of several runs, and where each run stands. One bound value, whatever their number. */
export async function loadJobs(
  db: D1Database,
  runIds: readonly string[],
): Promise<Map<string, z.infer<typeof jobRow>>> {
  if (runIds.length === 0) return new Map();
  const { results } = await primary(db)
    .prepare("SELECT id, state, job FROM run WHERE id IN (SELECT value FROM json_each(?))")
    .bind(JSON.stringify(runIds))
    .all();
  const rows = z.array(jobRow).parse(results);
  return new Map(rows.map((row) => [row.id, row]));
}
