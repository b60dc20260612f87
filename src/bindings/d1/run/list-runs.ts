import { z } from "zod";
import type { ArtifactKind } from "../../../contract/artifact/kind.ts";
import type { RunState } from "../../../contract/run/run-state.ts";
import { nameClause, repositorySql } from "../access/name-clause.ts";
import { primary } from "../primary.ts";
import { type RunRow, runColumns, runRow } from "./run-row.ts";

/** Which runs are asked for; null: all. */
export interface RunFilter {
  state: RunState | null;
  kind: ArtifactKind | null;
  name: string | null;
  pool: string | null;
  label: { key: string; value: string } | null;
  /** Runs that took this entity or a value of it, or that made it. */
  entity: string | null;
  /** Runs that do steps of this one; `none`: those that do no step of any. */
  parent: string | null;
  /** Name patterns: runs of artifacts that fit. */
  names: readonly string[];
}

/**
 * Runs that pass the filter, newest first, at most `limit`, of those made before `before` (a run's id). Each filter has an index that
 * ends with the id, so a page costs what it shows; several together are one index and a check of each row.
 */
export async function listRunRows(
  db: D1Database,
  filter: RunFilter,
  before: string | null,
  limit: number,
): Promise<RunRow[]> {
  const { clauses, values } = whereOf(filter);
  const from = filter.label === null ? "run r" : "run_label l CROSS JOIN run r ON r.id = l.run_id";
  const id = filter.label === null ? "r.id" : "l.run_id";
  if (before !== null) {
    clauses.push(`${id} < ?`);
    values.push(before);
  }
  const where = clauses.length === 0 ? "" : `WHERE ${clauses.join(" AND ")}`;
  const { results } = await primary(db)
    .prepare(`SELECT ${runColumns} FROM ${from} ${where} ORDER BY ${id} DESC LIMIT ?`)
    .bind(...values, limit)
    .all();
  return z.array(runRow).parse(results);
}

function whereOf(filter: RunFilter): { clauses: string[]; values: (string | number)[] } {
  const clauses: string[] = [];
  const values: (string | number)[] = [];
  const add = (clause: string, ...given: string[]) => {
    clauses.push(clause);
    values.push(...given);
  };
  if (filter.label !== null) add("l.key = ? AND l.value = ?", filter.label.key, filter.label.value);
  if (filter.state !== null) add("r.state = ?", filter.state);
  if (filter.kind !== null) add("r.kind = ?", filter.kind);
  if (filter.name !== null) add("r.name = ?", filter.name);
  if (filter.pool !== null) add("r.pool = ?", filter.pool);
  if (filter.parent === "none") add("r.parent_run IS NULL");
  else if (filter.parent !== null) add("r.parent_run = ?", filter.parent);
  const fitting = nameClause(filter.names, repositorySql("r.kind", "r.name"));
  if (fitting !== null) add(fitting.sql, ...fitting.values);
  if (filter.entity !== null) add(ofEntity, filter.entity, filter.entity, filter.entity);
  return { clauses, values };
}

const ofEntity = `r.id IN (
  SELECT derived_from_run FROM entity WHERE ecs_id = ? AND derived_from_run IS NOT NULL
  UNION SELECT id FROM run WHERE input_entity = ?
  UNION SELECT u.id FROM entity_source s JOIN run u ON u.input_entity = s.ecs_id WHERE s.source_ecs_id = ?)`;

const openRun = z.object({ id: z.string(), pool: z.string() });

/**
 * Runs of pools that have not ended and whose state is older than `before` (RFC 3339), by id after `after`, at most `limit`: what a sweep asks
 * their pools about.
 */
export async function listOpenRuns(
  db: D1Database,
  before: string,
  after: string,
  limit: number,
): Promise<z.infer<typeof openRun>[]> {
  const ofState = `SELECT id, pool FROM run WHERE state = ? AND id > ? AND state_since < ? AND kind IN ('template', 'function')
    ORDER BY id LIMIT ?`;
  const states: RunState[] = ["queued", "leased", "running"];
  const session = primary(db);
  const found = await session.batch(states.map((state) => session.prepare(ofState).bind(state, after, before, limit)));
  const runs = found.flatMap(({ results }) => z.array(openRun).parse(results));
  return runs.toSorted((a, b) => (a.id < b.id ? -1 : 1)).slice(0, limit);
}
