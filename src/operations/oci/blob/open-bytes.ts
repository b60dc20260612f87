import { openBlob, readBlob } from "../../../bindings/r2/blob-store.ts";
import { limits } from "../../../contract/limits.ts";
import type { BlobMemory } from "./blob-memory.ts";

/** What reading a blob works with. */
export interface ReadNeeds {
  blobs: R2Bucket;
  blobMemory: BlobMemory;
}

/** The bytes of a blob that is known to be there, all or a piece: from memory when they are few, else as a stream from R2. */
export async function openBytes(
  { blobs, blobMemory }: ReadNeeds,
  blob: { digest: string; sizeBytes: number },
  range: { offset: number; length: number } | null,
): Promise<Uint8Array | ReadableStream | null> {
  if (blob.sizeBytes > limits.ociMemoryItemBytes) return openBlob(blobs, blob.digest, range);
  const bytes = blobMemory.get(blob.digest) ?? (await remember());
  if (bytes === null || range === null) return bytes;
  return bytes.subarray(range.offset, range.offset + range.length);

  async function remember(): Promise<Uint8Array | null> {
    const read = await readBlob(blobs, blob.digest);
    if (read === null) return null;
    const found = new Uint8Array(read);
    blobMemory.remember(blob.digest, found);
    return found;
  }
}
