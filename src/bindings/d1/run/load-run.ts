import { z } from "zod";
import { attempt, runnerOfRun } from "../../../contract/run/run.ts";
import { runFailure } from "../../../contract/run/run-failure.ts";
import { primary } from "../primary.ts";
import { jsonColumn, type RunRow, runColumns, runRow } from "./run-row.ts";

const attemptRow = z.object({
  ...attempt.shape,
  runner: jsonColumn(runnerOfRun),
  failure: jsonColumn(runFailure).nullable(),
});

/** `data` is null when it is large, and lies in R2. */
const outputRow = z.object({
  ecs_id: z.string(),
  output_index: z.number(),
  data: jsonColumn(z.record(z.string(), z.unknown())).nullable(),
});

/** A run with what hangs on it: attempts, oldest first, and output entities. */
export interface StoredRun {
  row: RunRow;
  attempts: z.infer<typeof attemptRow>[];
  outputs: z.infer<typeof outputRow>[];
}

/** A run as D1 has it at one moment; null when there is none. */
export async function loadRun(db: D1Database, runId: string): Promise<StoredRun | null> {
  const session = primary(db);
  const [found, attempts, outputs] = await session.batch([
    session.prepare(`SELECT ${runColumns} FROM run r WHERE r.id = ?`).bind(runId),
    session
      .prepare(
        `SELECT attempt, fence, runner, leased_at, ended_at, outcome, failure FROM run_attempt
         WHERE run_id = ? ORDER BY fence`,
      )
      .bind(runId),
    session
      .prepare(
        `SELECT ecs_id, output_index, data FROM entity
         WHERE derived_from_run = ? AND role = 'output' ORDER BY output_index`,
      )
      .bind(runId),
  ]);
  const [row] = z.array(runRow).parse(found?.results);
  if (row === undefined) return null;
  return {
    row,
    attempts: z.array(attemptRow).parse(attempts?.results),
    outputs: z.array(outputRow).parse(outputs?.results),
  };
}
