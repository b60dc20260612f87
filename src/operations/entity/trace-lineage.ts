import { type LineageWay, loadEdges, loadNeighbours, loadRunsFrom } from "../../bindings/d1/entity/entity-graph.ts";
import { loadEntityFacts } from "../../bindings/d1/entity/entity-row.ts";
import type { Lineage } from "../../contract/entity/lineage.ts";
import type { Failure } from "../../contract/failure.ts";
import { limits } from "../../contract/limits.ts";
import { type Result, success } from "../../domain/result.ts";
import { entityNotFound, summaryOf } from "./entity-answer.ts";

const waysOf = {
  ancestors: ["ancestors"],
  descendants: ["descendants"],
  both: ["ancestors", "descendants"],
} as const satisfies Record<Lineage["direction"], readonly LineageWay[]>;

/**
 * What an entity was made of, what was made of it, or both: all entities at most `depth` steps away, the nearest first where there are more
 * than `limits.lineageEntities`, with everything that any of them gave to another.
 */
export async function traceLineage(
  db: D1Database,
  ecsId: string,
  direction: Lineage["direction"],
  depth: number,
): Promise<Result<Lineage, Failure>> {
  const [root] = await loadEntityFacts(db, [ecsId]);
  if (root === undefined) return entityNotFound(ecsId);
  const found = new Set([ecsId]);
  let truncated = false;
  for (const way of waysOf[direction]) {
    const isWhole = await walk(db, way, ecsId, depth, found);
    truncated ||= !isWhole;
  }
  const ids = [...found];
  const edges = await loadEdges(db, ids, limits.lineageEdges + 1);
  const runs = await loadRunsFrom(db, ids, limits.lineageEntities + 1);
  const facts = new Map((await loadEntityFacts(db, ids)).map((one) => [one.ecs_id, one]));
  const made = new Set([...facts.values()].map((one) => one.derived_from_run));
  return success({
    root: ecsId,
    direction,
    depth,
    entities: ids.flatMap((id) => {
      const one = facts.get(id);
      return one === undefined ? [] : [summaryOf(one)];
    }),
    edges: edges.slice(0, limits.lineageEdges),
    // Of what something was made, only those runs tell that made a part of it: of what was made of it, also those that made nothing.
    runs: runs.slice(0, limits.lineageEntities).filter((run) => direction !== "ancestors" || made.has(run.id)),
    truncated: truncated || edges.length > limits.lineageEdges || runs.length > limits.lineageEntities,
  });
}

/** Adds what lies at most `depth` steps from `start` to `found`. Answers whether that is all that there is. */
async function walk(
  db: D1Database,
  way: LineageWay,
  start: string,
  depth: number,
  found: Set<string>,
): Promise<boolean> {
  const seen = new Set([start]);
  let frontier = [start];
  for (let step = 0; frontier.length > 0; step++) {
    // Those that are known already take places of the answer, and there are at most so many of them.
    const neighbours = await loadNeighbours(db, way, frontier, limits.lineageEntities + 1);
    const fresh = neighbours.filter((id) => !seen.has(id));
    if (fresh.length > 0 && step === depth) return false;
    for (const id of fresh) {
      if (!found.has(id) && found.size === limits.lineageEntities) return false;
      seen.add(id);
      found.add(id);
    }
    if (neighbours.length > limits.lineageEntities) return false;
    frontier = fresh;
  }
  return true;
}
