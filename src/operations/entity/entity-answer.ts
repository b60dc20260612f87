import { loadSiblings } from "../../bindings/d1/entity/entity-list.ts";
import type { EntityFacts, StoredEntity } from "../../bindings/d1/entity/entity-row.ts";
import type { EntityRow } from "../../bindings/d1/entity/entity-statements.ts";
import type { Entity, EntitySummary } from "../../contract/entity/entity.ts";
import type { Failure } from "../../contract/failure.ts";
import { refusal } from "../../domain/result.ts";

/** An entity as it is told, with the other outputs of its run. */
export async function entityAnswer(db: D1Database, stored: StoredEntity): Promise<Entity> {
  const { derived_from_run: runId, output_index: index } = stored;
  return { ...stored, siblings: runId === null || index === null ? [] : await loadSiblings(db, runId, stored.ecs_id) };
}

/** An entity that was recorded just now, from outside: it has no siblings. */
export function newEntityAnswer({ borrowed: _, files: __, ...row }: EntityRow, data: Record<string, unknown>): Entity {
  return { ...row, data: row.data === null ? null : data, siblings: [] };
}

/** An entity without its values. */
export function summaryOf(facts: EntityFacts): EntitySummary {
  const { ecs_id, lineage_id, lineage_version, created_at, type, data_bytes, derived_from_run, output_index } = facts;
  return { ecs_id, lineage_id, lineage_version, created_at, type, data_bytes, derived_from_run, output_index };
}

/** The refusal of an id that names nothing here. */
export function entityNotFound(ecsId: string): { ok: false; failure: Failure } {
  return refusal({
    code: "ENTITY_NOT_FOUND",
    message: `there is no entity ${ecsId}; GET /v1/entities lists those that there are`,
  });
}
