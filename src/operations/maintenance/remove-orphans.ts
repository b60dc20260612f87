import { beginRemoval, endRemoval, listUnnamed } from "../../bindings/d1/file/blob-references.ts";
import { deleteBlobs, listBlobs, type StoredBlob } from "../../bindings/r2/blob-store.ts";
import type { MaintenanceStores } from "./walk-versions.ts";

/** How many blobs, and how large they are together. */
export interface BlobCount {
  blobs: number;
  sizeBytes: number;
}

/** What one slice of the walk over all stored bytes found. */
export interface OrphanSlice {
  checked: number;
  /** Removed; in a preview, what would be. */
  removed: BlobCount;
  /** Named by nothing, but younger than the grace. */
  kept: BlobCount;
  next: string | null;
}

/** What a slice is told. `before`: when bytes must have been stored to be old enough. */
export interface OrphanWalk {
  after: string | null;
  before: Date;
  now: Date;
  isPreview: boolean;
}

type Stores = Pick<MaintenanceStores, "db" | "blobs">;

/** D1 looks each up in a dozen indexes, and R2 deletes them in one call. */
const blobsPerSlice = 100;

/** Removes bytes that no row of D1 names and that were stored long ago, one slice of all there are. */
export async function removeOrphans(stores: Stores, walk: OrphanWalk): Promise<OrphanSlice> {
  const page = await listBlobs(stores.blobs, walk.after, blobsPerSlice);
  const [old, young] = byAge(page.blobs, walk.before);
  const removed = walk.isPreview ? await listUnnamed(stores.db, old) : await remove(stores, old, walk);
  const kept = await listUnnamed(stores.db, young);
  return {
    checked: page.blobs.length,
    removed: countOf(page.blobs, removed),
    kept: countOf(page.blobs, kept),
    next: page.next,
  };
}

/**
 * From the mark that `beginRemoval` sets to the end of the removal nobody can begin to name the bytes. Who stored them anew before
 * the mark may name them after it, so they are looked at once more in between: what has become young stays.
 */
async function remove(stores: Stores, digests: string[], walk: OrphanWalk): Promise<string[]> {
  const marked = await beginRemoval(stores.db, digests, walk.now);
  if (marked.length === 0) return [];
  const again = await listBlobs(stores.blobs, walk.after, blobsPerSlice);
  const stillOld = new Set(byAge(again.blobs, walk.before)[0]);
  const removed = marked.filter((digest) => stillOld.has(digest));
  await finishRemoval(stores, removed);
  await endRemoval(
    stores.db,
    marked.filter((digest) => !stillOld.has(digest)),
  );
  return removed;
}

/** Deletes what was marked, then takes the marks off; done again, it does the same. */
export async function finishRemoval({ db, blobs }: Stores, digests: string[]): Promise<void> {
  await deleteBlobs(blobs, digests);
  await endRemoval(db, digests);
}

function byAge(blobs: readonly StoredBlob[], before: Date): [old: string[], young: string[]] {
  const { old = [], young = [] } = Object.groupBy(blobs, (blob) => (blob.uploaded < before ? "old" : "young"));
  return [old.map((blob) => blob.digest), young.map((blob) => blob.digest)];
}

function countOf(blobs: readonly StoredBlob[], digests: readonly string[]): BlobCount {
  const meant = new Set(digests);
  const counted = blobs.filter((blob) => meant.has(blob.digest));
  return { blobs: counted.length, sizeBytes: counted.reduce((sum, blob) => sum + blob.sizeBytes, 0) };
}
