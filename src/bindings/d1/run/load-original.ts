import { z } from "zod";
import { type RunState, runState } from "../../../contract/run/run-state.ts";
import { primary } from "../primary.ts";

/** What a replay is compared with. */
export interface Original {
  state: RunState;
  /** Null unless it succeeded. */
  outputsDigest: string | null;
  /** Ids of its output entities, in their order. */
  outputEntities: string[];
}

/** The run that another replays; null when there is none of this id. */
export async function loadOriginal(db: D1Database, runId: string): Promise<Original | null> {
  const session = primary(db);
  const [found, outputs] = await session.batch([
    session.prepare("SELECT state, outputs_digest FROM run WHERE id = ?").bind(runId),
    session
      .prepare("SELECT ecs_id FROM entity WHERE derived_from_run = ? AND role = 'output' ORDER BY output_index")
      .bind(runId),
  ]);
  const row = z.object({ state: runState, outputs_digest: z.string().nullable() });
  const [run] = z.array(row).parse(found?.results);
  if (run === undefined) return null;
  const ids = z.array(z.object({ ecs_id: z.string() })).parse(outputs?.results);
  return { state: run.state, outputsDigest: run.outputs_digest, outputEntities: ids.map((one) => one.ecs_id) };
}
