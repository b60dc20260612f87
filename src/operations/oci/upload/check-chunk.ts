import type { UploadSession } from "../../../bindings/durable/repository.ts";
import { limits } from "../../../contract/limits.ts";
import type { ChunkRange } from "../../../domain/oci/parse-content-range.ts";
import type { UploadFailure } from "./find-session.ts";
import { blobTooLarge } from "./refused-upload.ts";

/** Bytes on their way to a session, as their request announces them. */
export interface SaidOfChunk {
  range: ChunkRange | "malformed" | null;
  /** Null: not said. */
  sizeBytes: number | null;
}

/** What is wrong with a chunk before a byte of it was read; null: nothing. */
export function checkChunk(session: UploadSession, { range, sizeBytes }: SaidOfChunk): UploadFailure | null {
  const there = { sizeBytes: session.sizeBytes };
  if (range === "malformed") {
    const message =
      "Content-Range must be {first}-{last}, like 0-1023: the places of the first and the last byte of this chunk";
    return { code: "BLOB_UPLOAD_INVALID", message, ...there };
  }
  if (range !== null && range.offset !== session.sizeBytes) return outOfOrder(session.sizeBytes, range.offset);
  const atLeast = sizeBytes ?? range?.sizeBytes ?? 0;
  if (session.sizeBytes + atLeast > limits.blobBytes) return { ...blobTooLarge, ...there };
  return sizeBytes === null ? null : checkLength(session, range, sizeBytes);
}

/** The chunk does not go on where the upload is. */
export function outOfOrder(thereBytes: number, offset: number): UploadFailure {
  const message = `the upload has ${thereBytes} bytes, so the next chunk begins at ${thereBytes}, and this one at ${offset}; go on from there`;
  return { code: "BLOB_UPLOAD_INVALID", status: 416, message, sizeBytes: thereBytes };
}

/** Whether a chunk is as long as it says; null: it is. */
export function checkLength(
  session: UploadSession,
  range: SaidOfChunk["range"],
  sizeBytes: number,
): UploadFailure | null {
  if (range === null || range === "malformed" || range.sizeBytes === sizeBytes) return null;
  const message = `Content-Range says ${range.sizeBytes} bytes, and the body has ${sizeBytes}; nothing of it was kept`;
  return { code: "SIZE_INVALID", message, sizeBytes: session.sizeBytes };
}
