import { isR2Refusal } from "./r2-refusal.ts";
import { streamBytes } from "./stream-bytes.ts";

/*
 * blobs/sha256/{64 hex}, blobs/sha512/{128 hex}: bytes named by their digest. Putting the same bytes twice is the same as once; a blob
 * that no row of D1 names is an orphan, removed by cron after a day.
 */
const prefix = "blobs/";

export function blobKey(digest: string): string {
  return `${prefix}${digest.replace(":", "/")}`;
}

/** Stores bytes under their digest; R2 itself refuses bytes that do not match it. */
export async function putBlob(bucket: R2Bucket, digest: string, bytes: Uint8Array, mediaType: string): Promise<void> {
  try {
    await bucket.put(blobKey(digest), bytes, putOptions(digest, mediaType));
  } catch (error) {
    // R2 takes about one write of a key a second; whoever wrote it wrote the same bytes.
    if (!isR2Refusal(error, "tooFast") || !(await hasBlob(bucket, digest))) throw error;
  }
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

/** The same for a stream that the runtime itself moves, and of which it knows how many bytes come. */
export async function putBlobBody(
  bucket: R2Bucket,
  digest: string,
  body: ReadableStream,
  mediaType: string,
): Promise<void> {
  await bucket.put(blobKey(digest), body, putOptions(digest, mediaType));
}

function putOptions(digest: string, mediaType: string): R2PutOptions {
  const [algorithm, hex = ""] = digest.split(":");
  const checksum = algorithm === "sha512" ? { sha512: hex } : { sha256: hex };
  return { ...checksum, httpMetadata: { contentType: mediaType } };
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

/** A stored blob, as a sweep sees it. */
export interface StoredBlob {
  digest: string;
  sizeBytes: number;
  uploaded: Date;
}

/** Stored blobs after `after` in the order of their keys; `next` is where to go on, null at the end. */
export async function listBlobs(
  bucket: R2Bucket,
  after: string | null,
  limit: number,
): Promise<{ blobs: StoredBlob[]; next: string | null }> {
  // By key and not by R2's own cursor, which may be of any length.
  const page = await bucket.list({ prefix, limit, ...(after === null ? {} : { startAfter: blobKey(after) }) });
  const blobs = page.objects.map(({ key, size, uploaded }) => ({
    digest: key.slice(prefix.length).replace("/", ":"),
    sizeBytes: size,
    uploaded,
  }));
  return { blobs, next: page.truncated ? (blobs.at(-1)?.digest ?? null) : null };
}

export async function deleteBlobs(bucket: R2Bucket, digests: readonly string[]): Promise<void> {
  if (digests.length > 0) await bucket.delete(digests.map(blobKey));
}
