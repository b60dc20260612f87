import { uploadKey } from "./incoming-store.ts";
import { isR2Refusal } from "./r2-refusal.ts";
import { streamBytes } from "./stream-bytes.ts";

/** Begins the multipart upload behind an upload of ours; answers R2's id of it. */
export async function beginParts(bucket: R2Bucket, id: string): Promise<string> {
  return (await bucket.createMultipartUpload(uploadKey(id))).uploadId;
}

/** Stores a part, or replaces it. What breaks off is not stored. Null when the parts are put together or gone already. */
export async function putPart(
  bucket: R2Bucket,
  upload: { id: string; r2UploadId: string },
  part: { number: number; sizeBytes: number; bytes: AsyncIterable<Uint8Array> },
): Promise<string | null> {
  const parts = bucket.resumeMultipartUpload(uploadKey(upload.id), upload.r2UploadId);
  try {
    const put = (stream: ReadableStream) => parts.uploadPart(part.number, stream);
    return (await streamBytes(part.bytes, part.sizeBytes, put)).etag;
  } catch (error) {
    if (isR2Refusal(error, "noSuchUpload")) return null;
    throw error;
  }
}

/** Puts the parts together at `uploadKey`; again is the same as once. Tells when R2 does not have them as they were noted. */
export async function joinParts(
  bucket: R2Bucket,
  upload: { id: string; r2UploadId: string },
  parts: readonly { part: number; etag: string }[],
): Promise<"joined" | "gone" | "replaced"> {
  try {
    await bucket
      .resumeMultipartUpload(uploadKey(upload.id), upload.r2UploadId)
      .complete(parts.map(({ part, etag }) => ({ partNumber: part, etag })));
    return "joined";
  } catch (error) {
    // They may be joined already, before a crash or by another caller.
    if (await isJoined(bucket, upload.id)) return "joined";
    if (isR2Refusal(error, "noSuchUpload")) return "gone";
    if (isR2Refusal(error, "badParts")) return "replaced";
    throw error;
  }
}

async function isJoined(bucket: R2Bucket, id: string): Promise<boolean> {
  return (await bucket.head(uploadKey(id))) !== null;
}

/** The first bytes of what was put together. */
export async function readJoinedStart(bucket: R2Bucket, id: string, most: number): Promise<Uint8Array> {
  const object = await bucket.get(uploadKey(id), { range: { offset: 0, length: most } });
  return object === null ? new Uint8Array() : new Uint8Array(await object.arrayBuffer());
}

/** Removes all that an upload has in R2; what is gone already is no matter. */
export async function dropParts(bucket: R2Bucket, upload: { id: string; r2UploadId: string }): Promise<void> {
  try {
    await bucket.resumeMultipartUpload(uploadKey(upload.id), upload.r2UploadId).abort();
  } catch (error) {
    if (!isR2Refusal(error, "noSuchUpload")) throw error;
  }
  await bucket.delete(uploadKey(upload.id));
}
