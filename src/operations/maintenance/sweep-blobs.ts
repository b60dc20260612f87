import { referencedDigests } from "../../bindings/d1/blob-references.ts";
import { readSweepPosition, writeSweepPosition } from "../../bindings/d1/sweep-position.ts";
import { deleteBlobs, listBlobs } from "../../bindings/r2/blob-store.ts";
import type { MaintenanceStores } from "./walk-versions.ts";

/** Younger blobs are left alone: a registration stores its bytes before it commits. */
const graceMs = 24 * 3600 * 1000;
const blobsPerSlice = 30;
const slicesPerSweep = 20;

/** Removes blobs that no version needs, a few slices at a time; goes on where the last sweep stopped. Answers how many it removed. */
export async function sweepBlobs(stores: Pick<MaintenanceStores, "db" | "blobs">, now: Date): Promise<number> {
  let removed = 0;
  let position = await readSweepPosition(stores.db, "blobs");
  for (let slice = 0; slice < slicesPerSweep; slice++) {
    const page = await listBlobs(stores.blobs, position, blobsPerSlice);
    const old = page.blobs
      .filter((blob) => now.getTime() - blob.uploaded.getTime() > graceMs)
      .map((blob) => blob.digest);
    const needed = await referencedDigests(stores.db, old);
    const orphans = old.filter((digest) => !needed.has(digest));
    await deleteBlobs(stores.blobs, orphans);
    removed += orphans.length;
    position = page.cursor;
    if (position === null) break;
  }
  await writeSweepPosition(stores.db, "blobs", position, now.toISOString());
  return removed;
}
