import { loadOriginal } from "../../../bindings/d1/run/load-original.ts";
import { recordReplay } from "../../../bindings/d1/run/run-standing.ts";
import type { Replay } from "../../../contract/run/run.ts";
import { type EntityNeeds, loadEntities } from "../../entity/load-entity.ts";
import { compareWithOriginal } from "./compare-with-original.ts";

/**
 * Compares a replay that ended before its original did, now that someone asks, and records what it found. Null as long as the original
 * has not ended.
 */
export async function judgeReplay(
  needs: EntityNeeds,
  replay: { id: string; replay_of: string },
): Promise<Omit<Replay, "of"> | null> {
  const own = await loadOriginal(needs.db, replay.id);
  if (own === null || own.outputsDigest === null) return null;
  const outputs = await loadEntities(needs, own.outputEntities);
  const values = outputs.map((entity) => entity.data);
  const found = await compareWithOriginal(needs, replay.replay_of, values, own.outputsDigest);
  if (found !== null) await recordReplay(needs.db, replay.id, JSON.stringify(found));
  return found;
}
