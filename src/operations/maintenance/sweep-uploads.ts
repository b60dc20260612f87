import { deleteUpload, listExpiredUploads } from "../../bindings/d1/file/upload-row.ts";
import { removeOldIncoming } from "../../bindings/r2/incoming-store.ts";
import { dropParts } from "../../bindings/r2/upload-parts.ts";
import type { MaintenanceStores } from "./walk-versions.ts";

const uploadsPerSweep = 50;
const incomingPerSweep = 200;
/** An upload may be completed up to its last second, and putting gigabytes together takes a while. */
const graceMs = 3600 * 1000;
/** No request runs so long. */
const incomingMs = 24 * 3600 * 1000;

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
  const incoming = await removeOldIncoming(blobs, new Date(now.getTime() - incomingMs), incomingPerSweep);
  return { uploads: expired.length, incoming };
}
