import { openIncoming } from "../../../bindings/r2/incoming-store.ts";
import { brokenOff, RefusedUpload } from "./refused-upload.ts";

/** Bytes that are to become a blob, or a part of one. What comes from a request can be read once. */
export type BlobPiece =
  | { from: "memory"; bytes: Uint8Array }
  | { from: "request"; body: ReadableStream; sizeBytes: number }
  | { from: "r2"; key: string; sizeBytes: number };

export function pieceBytes(piece: BlobPiece): number {
  return piece.from === "memory" ? piece.bytes.byteLength : piece.sizeBytes;
}

/** Writes pieces one after the other, and the end. */
export async function pourPieces(blobs: R2Bucket, pieces: readonly BlobPiece[], into: WritableStream): Promise<void> {
  for (const piece of pieces) {
    if (piece.from === "memory") await writeBytes(piece.bytes, into);
    else await pour(blobs, piece, into);
  }
  await into.close();
}

async function writeBytes(bytes: Uint8Array, into: WritableStream): Promise<void> {
  const writer = into.getWriter();
  try {
    await writer.write(bytes);
  } finally {
    writer.releaseLock();
  }
}

async function pour(
  blobs: R2Bucket,
  piece: Exclude<BlobPiece, { from: "memory" }>,
  into: WritableStream,
): Promise<void> {
  if (piece.from === "request") {
    await piece.body.pipeTo(into, { preventClose: true }).catch(() => {
      throw new RefusedUpload(brokenOff);
    });
    return;
  }
  const stored = await openIncoming(blobs, piece.key);
  if (stored === null) {
    const message =
      "bytes of this upload are gone: it was completed or cancelled meanwhile, or is too old; begin another";
    throw new RefusedUpload({ code: "BLOB_UPLOAD_UNKNOWN", message });
  }
  await stored.pipeTo(into, { preventClose: true });
}
