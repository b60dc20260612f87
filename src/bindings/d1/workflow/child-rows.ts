import { z } from "zod";
import { runFailure } from "../../../contract/run/run-failure.ts";
import { runState } from "../../../contract/run/run-state.ts";
import { jsonColumn } from "../run/run-row.ts";

/** Outputs up to this size come along with the rows; larger ones are loaded when something asks for them. */
const smallBytes = 4096;

const childRow = z.object({
  id: z.string(),
  parent_step: z.string(),
  state: runState,
  parent_told: z.number(),
  attempt: z.number(),
  finished_at: z.string().nullable(),
  input_entity: z.string(),
  failure: jsonColumn(runFailure).nullable(),
  cancelled_by: z.string().nullable(),
  cancel_reason: z.string().nullable(),
  /** Its first output. */
  output_entity: z.string().nullable(),
  data: jsonColumn(z.record(z.string(), z.json())).nullable(),
});

/** A run that does a step of another, as D1 has it. */
export type ChildRow = z.infer<typeof childRow>;

const select = `
  SELECT r.id, r.parent_step, r.state, r.parent_told, r.attempt, r.finished_at, r.input_entity, r.failure, r.cancelled_by,
    r.cancel_reason, e.ecs_id AS output_entity, CASE WHEN e.data_bytes <= ${smallBytes} THEN e.data END AS data
  FROM run r LEFT JOIN entity e ON e.derived_from_run = r.id AND e.output_index = 0 AND e.role = 'output'`;

/** All that do steps of a run. */
export function childrenStatement(session: D1DatabaseSession, runId: string): D1PreparedStatement {
  return session.prepare(`${select} WHERE r.parent_run = ?`).bind(runId);
}

/** Reads what such a statement gave. */
export function childRowsOf(result: D1Result | undefined): ChildRow[] {
  return z.array(childRow).parse(result?.results);
}

/** One of them; null when there is no such run. */
export async function loadChild(session: D1DatabaseSession, id: string): Promise<ChildRow | null> {
  const [row] = childRowsOf(await session.prepare(`${select} WHERE r.id = ?`).bind(id).all());
  return row ?? null;
}
