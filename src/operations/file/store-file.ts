import { loadFile } from "../../bindings/d1/file/file-row.ts";
import { hasBlob, putBlob, putBlobFrom, putBlobStream } from "../../bindings/r2/blob-store.ts";
import { incomingKey, putIncoming, putIncomingParts, removeIncoming } from "../../bindings/r2/incoming-store.ts";
import type { Failure } from "../../contract/failure.ts";
import { limits } from "../../contract/limits.ts";
import { type Result, refusal } from "../../domain/result.ts";
import { MeasuredBody, refusedBody, tooLarge } from "./measured-body.ts";
import { type FileNeeds, placeFile, type StoredFile } from "./place-file.ts";
import { sniffedBytes, sniffFileType } from "./sniff-file-type.ts";

/** A file on its way in, and what its sender says of it; null where they say nothing. */
export interface SentFile {
  body: ReadableStream | ArrayBuffer;
  sizeBytes: number | null;
  digest: string | null;
  name: string | null;
  mediaType: string | null;
  by: string;
}

/** Smaller files are hashed in memory; larger ones stream to R2 while they are hashed. */
const memoryBytes = 1024 * 1024;

/** Stores a file of at most `limits.fileRequestBytes`. The same bytes are stored once; a body that breaks off leaves nothing. */
export async function storeFile(needs: FileNeeds, sent: SentFile): Promise<Result<StoredFile, Failure>> {
  const sizeBytes = sent.body instanceof ArrayBuffer ? sent.body.byteLength : sent.sizeBytes;
  const body = new MeasuredBody(sent.body, { sizeBytes, digest: sent.digest });
  try {
    if (sizeBytes !== null && sizeBytes > limits.fileRequestBytes) return refusal(tooLarge);
    return await storeBody(needs, sent, sizeBytes, body);
  } catch (error) {
    return refusedBody(error);
  } finally {
    await body.stop();
  }
}

async function storeBody(
  needs: FileNeeds,
  sent: SentFile,
  sizeBytes: number | null,
  body: MeasuredBody,
): Promise<Result<StoredFile, Failure>> {
  const { blobs } = needs;
  // One byte more than fits tells the end from a full measure.
  const start = await body.peek(memoryBytes + 1);
  const mediaType = await sniffFileType(start.subarray(0, sniffedBytes), { declared: sent.mediaType, name: sent.name });
  const record = (place: (() => Promise<unknown>) | null) => {
    const file = { digest: body.digest, sizeBytes: body.sizeBytes, mediaType, name: sent.name, by: sent.by };
    return placeFile(needs, file, place);
  };
  if (body.isRead) return record(() => putBlob(blobs, body.digest, start, mediaType));
  const { digest } = sent;
  if (digest !== null && (await loadFile(needs.db, digest)) !== null && (await hasBlob(blobs, digest))) {
    // It is here; but only who has the bytes may say so, and whoever sends them wants to know that they are these.
    for await (const _ of body.chunks());
    return record(null);
  }
  if (digest !== null && sizeBytes !== null) {
    await putBlobStream(blobs, digest, body.chunks(), sizeBytes, mediaType);
    return record(null);
  }
  const key = incomingKey(crypto.randomUUID());
  try {
    if (sizeBytes === null) await putIncomingParts(blobs, key, body.parts(limits.uploadPartBytes));
    else await putIncoming(blobs, key, body.chunks(), sizeBytes);
    return await record(() => putBlobFrom(blobs, body.digest, key, mediaType));
  } finally {
    // What stays because of an outage is swept.
    await removeIncoming(blobs, key).catch(() => undefined);
  }
}
