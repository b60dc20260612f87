import { type BlobMembership, type BlobPlace, listMemberships } from "../../../bindings/d1/oci/garbage-rows.ts";
import type { RepositoryCalls } from "../../../bindings/durable/repository.ts";
import type { BlobCount } from "../../maintenance/remove-orphans.ts";

/** What a collection works with. */
export interface CollectionNeeds {
  db: D1Database;
  repositories: (repository: string) => Pick<RepositoryCalls, "dropUnused">;
}

/** Blobs that go from one repository. */
export interface RepositoryGarbage extends BlobCount {
  repository: string;
}

/** What one slice of the walk over all repositories' blobs found. */
export interface MembershipSlice {
  checked: number;
  /** Taken out; in a preview, what would be. */
  removed: RepositoryGarbage[];
  /** No manifest refers to them, but somebody touched them within the grace. */
  kept: BlobCount;
  next: BlobPlace | null;
}

/** What a slice is told. `before`: when a blob must have been touched last to be old enough. */
export interface MembershipWalk {
  after: BlobPlace;
  before: Date;
  isPreview: boolean;
}

/** One row costs two index look-ups; at worst each is of another repository, whose keeper is asked. */
const membershipsPerSlice = 200;

/**
 * Takes blobs out of their repositories that no manifest there refers to and nobody touched for long, one slice of all there are. The
 * rows only say whom to ask: each repository's keeper decides anew, in one statement and in its turn, so a manifest that comes
 * meanwhile keeps its blobs, and what the keeper remembers stays true.
 */
export async function collectMemberships(needs: CollectionNeeds, walk: MembershipWalk): Promise<MembershipSlice> {
  const rows = await listMemberships(needs.db, walk.after, membershipsPerSlice);
  const before = walk.before.toISOString();
  const unused = rows.filter((row) => !row.isReferred);
  const old = unused.filter((row) => row.touchedAt < before);
  const removed: RepositoryGarbage[] = [];
  for (const [repository, blobs] of Map.groupBy(old, (row) => row.repository)) {
    const gone = walk.isPreview ? blobs : await drop(needs, repository, blobs, before);
    if (gone.length > 0) removed.push({ repository, ...countOf(gone) });
  }
  const last = rows.length < membershipsPerSlice ? undefined : rows.at(-1);
  return {
    checked: rows.length,
    removed,
    kept: countOf(unused.filter((row) => row.touchedAt >= before)),
    next: last === undefined ? null : { repository: last.repository, digest: last.digest },
  };
}

async function drop(
  { repositories }: CollectionNeeds,
  repository: string,
  blobs: readonly BlobMembership[],
  before: string,
): Promise<BlobMembership[]> {
  const digests = blobs.map((blob) => blob.digest);
  const gone = new Set(await repositories(repository).dropUnused(repository, digests, before));
  return blobs.filter((blob) => gone.has(blob.digest));
}

function countOf(blobs: readonly BlobMembership[]): BlobCount {
  return { blobs: blobs.length, sizeBytes: blobs.reduce((sum, blob) => sum + blob.sizeBytes, 0) };
}
