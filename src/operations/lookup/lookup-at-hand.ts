import type { ArtifactKind } from "../../contract/artifact/kind.ts";
import { latestTag } from "../../contract/artifact/tag.ts";
import type { Lookup } from "./look-up.ts";
import { type LookupMemory, nameKey } from "./lookup-memory.ts";

/**
 * What `lookUp` would answer without waiting for anything: the isolate's lease is fresh and memory has the very answer. Null
 * otherwise, whatever the reason.
 */
export function lookupAtHand(
  memory: LookupMemory,
  kind: ArtifactKind,
  name: string,
  selector: string | null,
  now: number,
): Lookup | null {
  const { view } = memory;
  if (view.freshness(now) !== "fresh") return null;
  const remembered = memory.index(nameKey(kind, name));
  const answer = remembered?.answers.get(selector ?? latestTag);
  if (remembered === undefined || answer === undefined) return null;
  return { answer, tier: "memory", seq: Math.max(view.appliedSeq, remembered.index.seq), staleSeconds: null };
}
