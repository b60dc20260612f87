import { deleteUpload, listExpiredUploads } from "../../bindings/d1/file/upload-row.ts";
import { readSweepPosition, writeSweepPosition } from "../../bindings/d1/sweep-position.ts";
import { removeOldIncoming } from "../../bindings/r2/incoming-store.ts";
import { dropParts } from "../../bindings/r2/upload-parts.ts";
import { limits } from "../../contract/limits.ts";
import type { MaintenanceStores } from "./walk-versions.ts";

const uploadsPerSweep = 50;
const incomingPerSlice = 500;
const slicesPerSweep = 4;
/** An upload may be completed up to its last second, and putting gigabytes together takes a while. */
const graceMs = 3600 * 1000;
/** No request runs so long; chunks of an OCI upload are needed as long as its session lives, and while its last request puts them together. */
const incomingMs = limits.uploadSessionSeconds * 1000 + graceMs;

/** Removes uploads that have expired, with their parts, and what crashed requests left under `incoming/`. Answers how many. */
export async function sweepUploads(
  { db, blobs }: Pick<MaintenanceStores, "db" | "blobs">,
  now: Date,
): Promise<{ uploads: number; incoming: number }> {
  const expired = await listExpiredUploads(db, new Date(now.getTime() - graceMs), uploadsPerSweep);
  for (const { id, r2_upload_id: r2UploadId } of expired) {
    // The row last: until it is gone, the next sweep finds what a crash left of this one.
    await dropParts(blobs, { id, r2UploadId });
    await deleteUpload(db, id);
  }
  return { uploads: expired.length, incoming: await sweepIncoming({ db, blobs }, now) };
}

async function sweepIncoming({ db, blobs }: Pick<MaintenanceStores, "db" | "blobs">, now: Date): Promise<number> {
  const before = new Date(now.getTime() - incomingMs);
  let removed = 0;
  let position = await readSweepPosition(db, "incoming");
  for (let slice = 0; slice < slicesPerSweep; slice++) {
    const found = await removeOldIncoming(blobs, { before, after: position, most: incomingPerSlice });
    removed += found.removed;
    position = found.next;
    if (position === null) break;
  }
  await writeSweepPosition(db, "incoming", position, now.toISOString());
  return removed;
}
