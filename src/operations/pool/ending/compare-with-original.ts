import { loadOriginal } from "../../../bindings/d1/run/load-original.ts";
import type { Replay } from "../../../contract/run/run.ts";
import { isFinal } from "../../../contract/run/run-state.ts";
import { findDifferences } from "../../../domain/template/value/find-differences.ts";
import { type EntityNeeds, loadEntities } from "../../entity/load-entity.ts";

const mostDifferences = 100;

/** How a replay's outputs compare with its original's; null for a run that is no replay, or whose original has not ended. */
export async function compareWithOriginal(
  needs: EntityNeeds,
  originalId: string | null,
  outputs: readonly unknown[],
  outputsDigest: string,
): Promise<Omit<Replay, "of"> | null> {
  if (originalId === null) return null;
  const original = await loadOriginal(needs.db, originalId);
  if (original === null || !isFinal(original.state)) return null;
  if (original.outputsDigest === outputsDigest) return { outputs_equal: true, differences: [] };
  const entities = await loadEntities(needs, original.outputEntities);
  const before = entities.map((entity) => entity.data);
  return { outputs_equal: false, differences: findDifferences(before, outputs, mostDifferences) };
}
