import { streamBytes } from "./stream-bytes.ts";

/*
 * incoming/{uuid}: bytes of one request whose digest is known only at its end; copied to blobs/ and deleted there and then.
 * uploads/{id}: the parts of an upload, put together; copied to blobs/ when the upload is completed.
 * Whatever a crash leaves here is seen by nobody and swept. R2 itself drops unfinished multipart uploads after a week.
 */
const incomingPrefix = "incoming/";
const uploadsPrefix = "uploads/";

export function incomingKey(id: string): string {
  return `${incomingPrefix}${id}`;
}

export function uploadKey(id: string): string {
  return `${uploadsPrefix}${id}`;
}

export async function putIncoming(
  bucket: R2Bucket,
  key: string,
  bytes: AsyncIterable<Uint8Array>,
  sizeBytes: number,
): Promise<void> {
  await streamBytes(bytes, sizeBytes, (stream) => bucket.put(key, stream));
}

/** Stores bytes of which nobody knows how many come, in parts as they come; only one part is in memory. */
export async function putIncomingParts(bucket: R2Bucket, key: string, parts: AsyncIterable<Uint8Array>): Promise<void> {
  const upload = await bucket.createMultipartUpload(key);
  const uploaded: R2UploadedPart[] = [];
  try {
    for await (const part of parts) uploaded.push(await upload.uploadPart(uploaded.length + 1, part));
    await upload.complete(uploaded);
  } catch (error) {
    await upload.abort().catch(() => undefined);
    throw error;
  }
}

export async function removeIncoming(bucket: R2Bucket, key: string): Promise<void> {
  await bucket.delete(key);
}

/** Removes what crashed requests left before `before`, at most `most`; answers how many. */
export async function removeOldIncoming(bucket: R2Bucket, before: Date, most: number): Promise<number> {
  const page = await bucket.list({ prefix: incomingPrefix, limit: most });
  const old = page.objects.filter((object) => object.uploaded < before).map((object) => object.key);
  if (old.length > 0) await bucket.delete(old);
  return old.length;
}
