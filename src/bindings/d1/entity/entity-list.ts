import { z } from "zod";
import { nameClause, repositorySql } from "../access/name-clause.ts";
import { primary } from "../primary.ts";
import { type EntityFacts, entityFacts, factColumns } from "./entity-row.ts";

export interface EntityFilter {
  role: string | null;
  /** Of the artifact, or the label of external data. */
  name: string | null;
  /** What this run took and made. */
  runId: string | null;
  /** Only the newest version of each lineage. */
  newestOnly: boolean;
  /** Name patterns: entities of artifacts that fit, and those of none. */
  names: readonly string[];
}

/** Entities made before `beforeId` (null: from the newest), newest first. Ids sort by the time of their making. */
export async function listEntityFacts(
  db: D1Database,
  filter: EntityFilter,
  beforeId: string | null,
  limit: number,
): Promise<EntityFacts[]> {
  const { clauses, values } = whereOf(filter, beforeId);
  const where = clauses.length === 0 ? "" : `WHERE ${clauses.join(" AND ")}`;
  const { results } = await primary(db)
    .prepare(`SELECT ${factColumns} FROM entity e ${where} ORDER BY ecs_id DESC LIMIT ?`)
    .bind(...values, limit)
    .all();
  return z.array(entityFacts).parse(results);
}

function whereOf(filter: EntityFilter, beforeId: string | null): { clauses: string[]; values: string[] } {
  const clauses: string[] = [];
  const values: string[] = [];
  const add = (clause: string, ...bound: string[]) => {
    clauses.push(clause);
    values.push(...bound);
  };
  if (beforeId !== null) add("ecs_id < ?", beforeId);
  if (filter.role !== null) add("role = ?", filter.role);
  if (filter.name !== null) add("name = ?", filter.name);
  if (filter.runId !== null) {
    add(
      `ecs_id IN (SELECT ecs_id FROM entity WHERE derived_from_run = ? UNION SELECT input_entity FROM run WHERE id = ?)`,
      filter.runId,
      filter.runId,
    );
  }
  const fitting = nameClause(filter.names, repositorySql("kind", "name"));
  if (fitting !== null) add(`(kind IS NULL OR ${fitting.sql})`, ...fitting.values);
  if (filter.newestOnly) {
    add(
      `NOT EXISTS (SELECT 1 FROM entity later
         WHERE later.lineage_id = e.lineage_id AND later.lineage_version > e.lineage_version)`,
    );
  }
  return { clauses, values };
}

/** Versions of a lineage before `beforeVersion` (null: from the newest), newest first. */
export async function listLineageVersions(
  db: D1Database,
  lineageId: string,
  beforeVersion: number | null,
  limit: number,
): Promise<EntityFacts[]> {
  const { results } = await primary(db)
    .prepare(
      `SELECT ${factColumns} FROM entity WHERE lineage_id = ? AND lineage_version < ? ORDER BY lineage_version DESC LIMIT ?`,
    )
    .bind(lineageId, beforeVersion ?? Number.MAX_SAFE_INTEGER, limit)
    .all();
  return z.array(entityFacts).parse(results);
}

/** The other outputs of the same run, in the order of their indexes. */
export async function loadSiblings(db: D1Database, runId: string, ecsId: string): Promise<string[]> {
  const { results } = await primary(db)
    .prepare(
      `SELECT ecs_id FROM entity WHERE derived_from_run = ? AND output_index IS NOT NULL AND ecs_id <> ? ORDER BY output_index`,
    )
    .bind(runId, ecsId)
    .all();
  return z
    .array(z.object({ ecs_id: z.string() }))
    .parse(results)
    .map((row) => row.ecs_id);
}
