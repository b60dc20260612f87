import { hasBlob } from "../../../bindings/r2/blob-store.ts";
import type { StoreNeeds } from "./store-blob.ts";

/** A blob that one repository has and another is to have. */
export interface Mount {
  digest: string;
  from: string;
  to: string;
}

/**
 * Makes a blob of one repository part of another, without its bytes moving. From then on neither needs the other. False: it cannot be
 * had that way, and must be sent.
 */
export async function mountBlob({ blobs, repositories }: StoreNeeds, { digest, from, to }: Mount): Promise<boolean> {
  const found = await repositories(from).findBlob(from, digest, false);
  if (found === null) return false;
  const keeper = repositories(to);
  if (!(await keeper.linkBlob(to, { digest, sizeBytes: found.sizeBytes }, null))) return false;
  // A sweep may have taken the bytes after the other repository let go of them, and before this one named them.
  if (await hasBlob(blobs, digest)) return true;
  await keeper.deleteBlob(to, digest);
  return false;
}
