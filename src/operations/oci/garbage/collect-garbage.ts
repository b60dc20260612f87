import type { BlobPlace } from "../../../bindings/d1/oci/garbage-rows.ts";
import { garbageLimits } from "../../../domain/oci/garbage-limits.ts";
import { type BlobCount, removeOrphans } from "../../maintenance/remove-orphans.ts";
import { type CollectionNeeds, collectMemberships, type RepositoryGarbage } from "./collect-memberships.ts";

/** Where a collection goes on: among the blobs of repositories first, then among all stored bytes. */
export type GarbagePlace = ({ of: "repositories" } & BlobPlace) | { of: "storage"; after: string | null };

/** What one slice of a collection did; in a preview, what it would do. */
export interface GarbageSlice {
  /** Blobs of repositories and stored bytes that were looked at. */
  checked: number;
  repositories: RepositoryGarbage[];
  /** Bytes that nothing names. */
  storage: BlobCount;
  /** Garbage of both sorts that is younger than the grace. */
  kept: BlobCount;
  next: GarbagePlace | null;
}

/** How a slice is to be done; a test may ask for another grace. */
export interface GarbageWalk {
  isPreview: boolean;
  now: Date;
  graceSeconds?: number;
}

const none: BlobCount = { blobs: 0, sizeBytes: 0 };

/** Where a collection starts. */
export const garbageStart: GarbagePlace = { of: "repositories", repository: "", digest: "" };

/**
 * Does, now and for whoever asks, one slice of what cron does little by little. What the first walk takes out of repositories, the
 * second finds among the bytes that nothing names.
 */
export async function collectGarbage(
  needs: CollectionNeeds & { blobs: R2Bucket },
  place: GarbagePlace,
  { isPreview, now, graceSeconds = garbageLimits.graceSeconds }: GarbageWalk,
): Promise<GarbageSlice> {
  const before = new Date(now.getTime() - graceSeconds * 1000);
  if (place.of === "repositories") {
    const { removed, next, ...found } = await collectMemberships(needs, { after: place, before, isPreview });
    const goOn: GarbagePlace = next === null ? { of: "storage", after: null } : { of: "repositories", ...next };
    return { ...found, repositories: removed, storage: none, next: goOn };
  }
  const { removed, next, ...found } = await removeOrphans(needs, { after: place.after, before, now, isPreview });
  const goOn: GarbagePlace | null = next === null ? null : { of: "storage", after: next };
  return { ...found, repositories: [], storage: removed, next: goOn };
}
