import { z } from "zod";
import { type LineageEdge, lineageRun } from "../../../contract/entity/lineage.ts";
import { primary } from "../primary.ts";

/** Which way lineage is walked: to what something was made of, or to what was made of it. */
export type LineageWay = "ancestors" | "descendants";

const neighbours = {
  ancestors: `SELECT source_ecs_id AS id FROM entity_source WHERE ecs_id IN (SELECT value FROM json_each(?1))
    UNION SELECT previous_ecs_id FROM entity
      WHERE ecs_id IN (SELECT value FROM json_each(?1)) AND previous_ecs_id IS NOT NULL`,
  descendants: `SELECT ecs_id AS id FROM entity_source WHERE source_ecs_id IN (SELECT value FROM json_each(?1))
    UNION SELECT ecs_id FROM entity WHERE previous_ecs_id IN (SELECT value FROM json_each(?1))`,
} as const satisfies Record<LineageWay, string>;

const idRow = z.object({ id: z.string() });

/** The entities one step away from any of `ids`, at most `limit`, newest first. */
export async function loadNeighbours(
  db: D1Database,
  way: LineageWay,
  ids: readonly string[],
  limit: number,
): Promise<string[]> {
  const { results } = await primary(db)
    .prepare(`SELECT id FROM (${neighbours[way]}) ORDER BY id DESC LIMIT ?2`)
    .bind(JSON.stringify(ids), limit)
    .all();
  return z
    .array(idRow)
    .parse(results)
    .map((row) => row.id);
}

const sourceRow = z.object({
  ecs_id: z.string(),
  path: z.string(),
  source_ecs_id: z.string(),
  source_path: z.string(),
  run_id: z.string().nullable(),
});
const versionRow = z.object({ ecs_id: z.string(), previous_ecs_id: z.string() });

/** What entities among `ids` gave to others among them, at most `limit` of what was borrowed or run, and every version. */
export async function loadEdges(db: D1Database, ids: readonly string[], limit: number): Promise<LineageEdge[]> {
  const session = primary(db);
  const known = JSON.stringify(ids);
  const [sources, versions] = await session.batch([
    session
      .prepare(
        `SELECT s.ecs_id, s.path, s.source_ecs_id, s.source_path, e.derived_from_run AS run_id
         FROM entity_source s JOIN entity e ON e.ecs_id = s.ecs_id
         WHERE s.ecs_id IN (SELECT value FROM json_each(?1)) AND s.source_ecs_id IN (SELECT value FROM json_each(?1))
         ORDER BY s.ecs_id, s.path LIMIT ?2`,
      )
      .bind(known, limit),
    session
      .prepare(
        `SELECT ecs_id, previous_ecs_id FROM entity
         WHERE ecs_id IN (SELECT value FROM json_each(?1)) AND previous_ecs_id IN (SELECT value FROM json_each(?1))
         ORDER BY ecs_id`,
      )
      .bind(known),
  ]);
  return [
    ...z.array(sourceRow).parse(sources?.results).map(sourceEdge),
    ...z.array(versionRow).parse(versions?.results).map(versionEdge),
  ];
}

/** The whole of what a run made came from its input entity: that edge is the run's. */
function sourceEdge(row: z.infer<typeof sourceRow>): LineageEdge {
  const ends = { from: row.source_ecs_id, to: row.ecs_id };
  if (row.path === "" && row.run_id !== null) {
    return { ...ends, how: "run", from_path: null, to_path: null, run_id: row.run_id };
  }
  return { ...ends, how: "borrowed", from_path: row.source_path, to_path: row.path, run_id: null };
}

function versionEdge(row: z.infer<typeof versionRow>): LineageEdge {
  const { previous_ecs_id: from, ecs_id: to } = row;
  return { from, to, how: "version", from_path: null, to_path: null, run_id: null };
}

/** The runs that took any of these entities as their inputs, newest first. */
export async function loadRunsFrom(
  db: D1Database,
  ids: readonly string[],
  limit: number,
): Promise<z.infer<typeof lineageRun>[]> {
  const { results } = await primary(db)
    .prepare(
      `SELECT id, state, kind, name, version, created_at FROM run
       WHERE input_entity IN (SELECT value FROM json_each(?)) ORDER BY id DESC LIMIT ?`,
    )
    .bind(JSON.stringify(ids), limit)
    .all();
  return z.array(lineageRun).parse(results);
}
