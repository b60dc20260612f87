import { putIncomingParts } from "../../../bindings/r2/incoming-store.ts";
import { limits } from "../../../contract/limits.ts";
import { cutParts } from "../../file/cut-parts.ts";
import type { BlobPiece } from "./blob-piece.ts";
import { blobTooLarge, brokenOff, RefusedUpload } from "./refused-upload.ts";

/** A request's body. `sizeBytes` is null where its sender does not say (`Transfer-Encoding: chunked`). */
export interface SentBody {
  body: ReadableStream | null;
  sizeBytes: number | null;
}

/** Smaller bodies are hashed in memory; larger ones are never there whole. */
const memoryBytes = 1024 * 1024;

/**
 * Takes a body of at most `most` bytes, and answers where it is then: small ones in memory, large ones still under way. One of unknown
 * size must be stored first, under `key`, because R2 takes nothing else. Null: it is empty.
 */
export async function receiveBody(
  blobs: R2Bucket,
  { body, sizeBytes }: SentBody,
  { key, most }: { key: string; most: number },
): Promise<BlobPiece | null> {
  if (body === null || sizeBytes === 0) return null;
  if (sizeBytes === null) return receiveUnknown(blobs, body, key, most);
  if (sizeBytes > most) throw new RefusedUpload(blobTooLarge);
  if (sizeBytes > memoryBytes) return { from: "request", body, sizeBytes };
  const bytes = await new Response(body).arrayBuffer().catch(() => refuse());
  return { from: "memory", bytes: new Uint8Array(bytes) };
}

async function receiveUnknown(
  blobs: R2Bucket,
  body: ReadableStream,
  key: string,
  most: number,
): Promise<BlobPiece | null> {
  const parts = cutParts(chunksOf(body, most), limits.uploadPartBytes);
  const first = await parts.next();
  if (first.done) return null;
  if (first.value.byteLength < limits.uploadPartBytes) return { from: "memory", bytes: first.value };
  let sizeBytes = 0;
  await putIncomingParts(blobs, key, counted());
  return { from: "r2", key, sizeBytes };

  async function* counted(): AsyncGenerator<Uint8Array> {
    try {
      for (let part = first; !part.done; part = await parts.next()) {
        sizeBytes += part.value.byteLength;
        yield part.value;
      }
    } finally {
      await parts.return(undefined);
    }
  }
}

async function* chunksOf(body: ReadableStream, most: number): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  let sizeBytes = 0;
  try {
    for (;;) {
      const read = await reader.read().catch(() => refuse());
      if (read.done) return;
      if (!(read.value instanceof Uint8Array)) refuse();
      sizeBytes += read.value.byteLength;
      if (sizeBytes > most) throw new RefusedUpload(blobTooLarge);
      yield read.value;
    }
  } finally {
    reader.releaseLock();
  }
}

function refuse(): never {
  throw new RefusedUpload(brokenOff);
}

/** Of a body that is refused, so much is read and thrown away. */
const discardBytes = 256 * 1024 * 1024;

/** Lets go of what was not read. Not at once: a sender whose connection breaks while they still send never reads the refusal. */
export async function discardBody(body: ReadableStream | null): Promise<void> {
  if (body === null || body.locked) return;
  const reader = body.getReader();
  for (let discarded = 0; discarded < discardBytes; ) {
    const read = await reader.read().catch(() => null);
    if (read === null || read.done || !(read.value instanceof Uint8Array)) break;
    discarded += read.value.byteLength;
  }
  await reader.cancel().catch(() => undefined);
}
