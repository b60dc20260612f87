import { streamBytes } from "./stream-bytes.ts";

/*
 * blobs/sha256/{64 hex}: bytes named by their digest. Putting the same bytes twice is the same as once; a blob that no row of D1
 * names is an orphan, removed by cron after a day.
 */
const prefix = "blobs/";

export function blobKey(digest: string): string {
  return `${prefix}${digest.replace(":", "/")}`;
}

/** Stores bytes under their digest; R2 itself refuses bytes that do not match it. */
export async function putBlob(bucket: R2Bucket, digest: string, bytes: Uint8Array, mediaType: string): Promise<void> {
  await bucket.put(blobKey(digest), bytes, putOptions(digest, mediaType));
}

/** Stores a stream of bytes under their digest, without holding them in memory. What does not match, or breaks off, is not stored. */
export async function putBlobStream(
  bucket: R2Bucket,
  digest: string,
  bytes: AsyncIterable<Uint8Array>,
  sizeBytes: number,
  mediaType: string,
): Promise<void> {
  await streamBytes(bytes, sizeBytes, (stream) => bucket.put(blobKey(digest), stream, putOptions(digest, mediaType)));
}

/** Copies what lies under another key to its digest; R2 checks it. False when nothing lies there. */
export async function putBlobFrom(bucket: R2Bucket, digest: string, key: string, mediaType: string): Promise<boolean> {
  const object = await bucket.get(key);
  if (object === null) return false;
  await bucket.put(blobKey(digest), object.body, putOptions(digest, mediaType));
  return true;
}

function putOptions(digest: string, mediaType: string): R2PutOptions {
  return { sha256: digest.slice("sha256:".length), httpMetadata: { contentType: mediaType } };
}

export async function readBlob(bucket: R2Bucket, digest: string): Promise<ArrayBuffer | null> {
  const object = await bucket.get(blobKey(digest));
  return object === null ? null : object.arrayBuffer();
}

/** A blob's bytes as a stream, all or `length` from `offset`. */
export async function openBlob(
  bucket: R2Bucket,
  digest: string,
  range: { offset: number; length: number } | null,
): Promise<ReadableStream | null> {
  const object = await bucket.get(blobKey(digest), range === null ? {} : { range });
  return object === null ? null : object.body;
}

export async function hasBlob(bucket: R2Bucket, digest: string): Promise<boolean> {
  return (await bucket.head(blobKey(digest))) !== null;
}

/** How many bytes a blob has; null when there is none. */
export async function blobSize(bucket: R2Bucket, digest: string): Promise<number | null> {
  return (await bucket.head(blobKey(digest)))?.size ?? null;
}

/** A page of stored digests with their upload times. */
export async function listBlobs(
  bucket: R2Bucket,
  cursor: string | null,
  limit: number,
): Promise<{ blobs: { digest: string; uploaded: Date }[]; cursor: string | null }> {
  const page = await bucket.list({ prefix, limit, ...(cursor === null ? {} : { cursor }) });
  return {
    blobs: page.objects.map((object) => ({
      digest: object.key.slice(prefix.length).replace("/", ":"),
      uploaded: object.uploaded,
    })),
    cursor: page.truncated ? page.cursor : null,
  };
}

export async function deleteBlobs(bucket: R2Bucket, digests: readonly string[]): Promise<void> {
  if (digests.length > 0) await bucket.delete(digests.map(blobKey));
}
