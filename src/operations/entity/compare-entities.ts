import type { EntityComparison } from "../../contract/entity/comparison.ts";
import type { Failure } from "../../contract/failure.ts";
import { limits } from "../../contract/limits.ts";
import { compareData } from "../../domain/entity/compare-data.ts";
import { type Result, success } from "../../domain/result.ts";
import { entityNotFound } from "./entity-answer.ts";
import { type EntityNeeds, loadEntity } from "./load-entity.ts";

/** How the data of two entities differ. */
export async function compareEntities(
  needs: EntityNeeds,
  fromId: string,
  toId: string,
): Promise<Result<EntityComparison, Failure>> {
  const from = await loadEntity(needs, fromId);
  if (from === null) return entityNotFound(fromId);
  const to = await loadEntity(needs, toId);
  if (to === null) return entityNotFound(toId);
  const { differences, truncated } = compareData(from.data, to.data, limits.differences);
  return success({
    from: fromId,
    to: toId,
    same_lineage: from.lineage_id === to.lineage_id,
    equal: differences.length === 0,
    differences,
    truncated,
  });
}
