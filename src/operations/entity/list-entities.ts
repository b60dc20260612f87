import { type EntityFilter, listEntityFacts, listLineageVersions } from "../../bindings/d1/entity/entity-list.ts";
import { type EntityFacts, loadEntityFacts } from "../../bindings/d1/entity/entity-row.ts";
import type { EntitySummary } from "../../contract/entity/entity.ts";
import type { Failure } from "../../contract/failure.ts";
import { type Result, success } from "../../domain/result.ts";
import { entityNotFound, summaryOf } from "./entity-answer.ts";

/** A page of entities, and the place where the next one starts: null after the last. */
export interface EntitySlice<Place> {
  items: EntitySummary[];
  next: Place | null;
}

/** Entities, newest first, after the one with the id `before`. */
export async function listEntities(
  db: D1Database,
  filter: EntityFilter,
  before: string | null,
  limit: number,
): Promise<EntitySlice<string>> {
  return sliceOf(await listEntityFacts(db, filter, before, limit + 1), limit, (facts) => facts.ecs_id);
}

/** All versions of an entity's lineage, newest first, after version `before`. */
export async function listEntityVersions(
  db: D1Database,
  ecsId: string,
  before: number | null,
  limit: number,
): Promise<Result<EntitySlice<number>, Failure>> {
  const [entity] = await loadEntityFacts(db, [ecsId]);
  if (entity === undefined) return entityNotFound(ecsId);
  const found = await listLineageVersions(db, entity.lineage_id, before, limit + 1);
  return success(sliceOf(found, limit, (facts) => facts.lineage_version));
}

function sliceOf<Place>(
  found: EntityFacts[],
  limit: number,
  placeOf: (last: EntityFacts) => Place,
): EntitySlice<Place> {
  const last = found.length > limit ? found[limit - 1] : undefined;
  return { items: found.slice(0, limit).map(summaryOf), next: last === undefined ? null : placeOf(last) };
}
