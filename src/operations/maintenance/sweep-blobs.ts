import { interruptedRemovals } from "../../bindings/d1/file/blob-references.ts";
import { readSweepPosition, writeSweepPosition } from "../../bindings/d1/sweep-position.ts";
import { garbageLimits } from "../../domain/oci/garbage-limits.ts";
import { finishRemoval, removeOrphans } from "./remove-orphans.ts";
import type { MaintenanceStores } from "./walk-versions.ts";

/** No sweep runs so long (Cloudflare: 15 minutes): what it began to remove by then, it no longer does. */
const interruptedMs = 3600 * 1000;

/** How a sweep goes; all but tests leave it as it is. */
export interface SweepPace {
  graceSeconds: number;
  slices: number;
}
const usual: SweepPace = { graceSeconds: garbageLimits.graceSeconds, slices: 20 };

/**
 * Removes blobs that nothing needs, a few slices at a time; goes on where the last sweep stopped. Younger ones than the grace are left
 * alone: a registration stores its bytes before it commits. Answers how many it removed.
 */
export async function sweepBlobs(
  stores: Pick<MaintenanceStores, "db" | "blobs">,
  now: Date,
  pace: SweepPace = usual,
): Promise<number> {
  await finishRemoval(stores, await interruptedRemovals(stores.db, new Date(now.getTime() - interruptedMs)));
  const before = new Date(now.getTime() - pace.graceSeconds * 1000);
  let removed = 0;
  let position = await readSweepPosition(stores.db, "blobs");
  for (let slice = 0; slice < pace.slices; slice++) {
    const found = await removeOrphans(stores, { after: position, before, now, isPreview: false });
    removed += found.removed.blobs;
    position = found.next;
    if (position === null) break;
  }
  await writeSweepPosition(stores.db, "blobs", position, now.toISOString());
  return removed;
}
