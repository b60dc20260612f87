import { beginRemoval, endRemoval, interruptedRemovals } from "../../bindings/d1/file/blob-references.ts";
import { readSweepPosition, writeSweepPosition } from "../../bindings/d1/sweep-position.ts";
import { deleteBlobs, listBlobs } from "../../bindings/r2/blob-store.ts";
import type { MaintenanceStores } from "./walk-versions.ts";

/** No sweep runs so long (Cloudflare: 15 minutes): what it began to remove by then, it no longer does. */
const interruptedMs = 3600 * 1000;
/** Younger blobs are left alone: a registration stores its bytes before it commits. */
const graceMs = 24 * 3600 * 1000;
const blobsPerSlice = 30;
const slicesPerSweep = 20;

/** Removes blobs that nothing needs, a few slices at a time; goes on where the last sweep stopped. Answers how many it removed. */
export async function sweepBlobs(stores: Pick<MaintenanceStores, "db" | "blobs">, now: Date): Promise<number> {
  await remove(stores, await interruptedRemovals(stores.db, new Date(now.getTime() - interruptedMs)));
  let removed = 0;
  let position = await readSweepPosition(stores.db, "blobs");
  for (let slice = 0; slice < slicesPerSweep; slice++) {
    const page = await listBlobs(stores.blobs, position, blobsPerSlice);
    const old = page.blobs
      .filter((blob) => now.getTime() - blob.uploaded.getTime() > graceMs)
      .map((blob) => blob.digest);
    // From here to the end of the removal nobody can begin to name them: bytes that come again meanwhile are not lost.
    const orphans = await beginRemoval(stores.db, old, now);
    await remove(stores, orphans);
    removed += orphans.length;
    position = page.cursor;
    if (position === null) break;
  }
  await writeSweepPosition(stores.db, "blobs", position, now.toISOString());
  return removed;
}

async function remove({ db, blobs }: Pick<MaintenanceStores, "db" | "blobs">, digests: string[]): Promise<void> {
  await deleteBlobs(blobs, digests);
  await endRemoval(db, digests);
}
