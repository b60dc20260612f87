import { streamBytes } from "./stream-bytes.ts";

/*
 * incoming/{uuid}: bytes of one request whose digest is known only at its end; copied to blobs/ and deleted there and then.
 * incoming/oci/{upload session}/{uuid}: a chunk of a blob; deleted when the session ends.
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

/** Stores what is in memory, or a stream that the runtime itself moves and of which it knows how many bytes come. */
export async function putIncomingBody(bucket: R2Bucket, key: string, body: ReadableStream | Uint8Array): Promise<void> {
  await bucket.put(key, body);
}

export async function openIncoming(bucket: R2Bucket, key: string): Promise<ReadableStream | null> {
  const object = await bucket.get(key);
  return object === null ? null : object.body;
}

export async function removeIncoming(bucket: R2Bucket, key: string): Promise<void> {
  await bucket.delete(key);
}

/** R2 deletes a thousand keys at once. */
const keysPerDelete = 1000;

export async function removeAllIncoming(bucket: R2Bucket, keys: readonly string[]): Promise<void> {
  for (let from = 0; from < keys.length; from += keysPerDelete) {
    await bucket.delete(keys.slice(from, from + keysPerDelete));
  }
}

/**
 * Removes what crashed requests and abandoned upload sessions left before `before`, among the `most` keys after `after`. Answers how
 * many went and where to go on; null at the end: what is young must not hide what is old behind it.
 */
export async function removeOldIncoming(
  bucket: R2Bucket,
  { before, after, most }: { before: Date; after: string | null; most: number },
): Promise<{ removed: number; next: string | null }> {
  const page = await bucket.list({
    prefix: incomingPrefix,
    limit: most,
    ...(after === null ? {} : { startAfter: after }),
  });
  const old = page.objects.filter((object) => object.uploaded < before).map((object) => object.key);
  if (old.length > 0) await bucket.delete(old);
  return { removed: old.length, next: page.truncated ? (page.objects.at(-1)?.key ?? null) : null };
}
