import { incomingKey, putIncomingBody, removeIncoming } from "../../../bindings/r2/incoming-store.ts";
import { pourStream } from "../../../bindings/r2/pour-stream.ts";
import { limits } from "../../../contract/limits.ts";
import { type Result, refusal, success } from "../../../domain/result.ts";
import { type BlobPiece, pieceBytes, pourPieces } from "./blob-piece.ts";
import { checkChunk, checkLength, outOfOrder, type SaidOfChunk } from "./check-chunk.ts";
import { findSession, type SessionNeeds, type UploadFailure, uploadUnknown } from "./find-session.ts";
import { receiveBody } from "./receive-body.ts";
import { refusedUpload } from "./refused-upload.ts";

/** What uploads work with. */
export interface UploadNeeds extends SessionNeeds {
  blobs: R2Bucket;
}

/** Bytes on their way to an upload session. */
export interface SentChunk extends SaidOfChunk {
  repository: string;
  id: string;
  body: ReadableStream | null;
}

/**
 * Takes the next bytes of an upload; answers how many are there then. They are an object of their own in R2, and the session's only when its
 * keeper has noted them: so what breaks off changes nothing, and of two that come at once for the same place one is refused.
 */
export async function sendChunk(
  needs: UploadNeeds,
  sent: SentChunk,
): Promise<Result<{ sizeBytes: number }, UploadFailure>> {
  const { repository, id, range } = sent;
  const { blobs } = needs;
  const found = await findSession(needs, repository, id);
  if (!found.ok) return found;
  const session = found.value;
  const wrong = checkChunk(session, sent) ?? (session.chunks < limits.chunksPerUpload ? null : tooManyChunks(session));
  if (wrong !== null) return refusal(wrong);
  const offset = session.sizeBytes;
  const key = chunkKey(id);
  let isLoose = true;
  try {
    const piece = await receiveBody(blobs, sent, { key, most: limits.blobBytes - offset });
    const sizeBytes = piece === null ? 0 : pieceBytes(piece);
    const wrongLength = checkLength(session, range, sizeBytes);
    if (wrongLength !== null) return refusal(wrongLength);
    if (piece === null) return success({ sizeBytes: offset });
    await keepPiece(blobs, key, piece);
    // From here on it may be the session's, even if the answer is lost.
    isLoose = false;
    const noted = await needs.repositories(repository).addChunk(repository, id, { offset, sizeBytes, key });
    isLoose = noted?.taken !== true;
    if (noted === null) return uploadUnknown(repository, id);
    return noted.taken ? success({ sizeBytes: noted.sizeBytes }) : refusal(outOfOrder(noted.sizeBytes, offset));
  } catch (error) {
    const { failure } = refusedUpload(error);
    return refusal({ ...failure, sizeBytes: offset });
  } finally {
    // What stays because of an outage is swept.
    if (isLoose) await removeIncoming(blobs, key).catch(() => undefined);
  }
}

/** Where R2 keeps bytes of an upload session. */
export function chunkKey(uploadId: string): string {
  return incomingKey(`oci/${uploadId}/${crypto.randomUUID()}`);
}

async function keepPiece(blobs: R2Bucket, key: string, piece: BlobPiece): Promise<void> {
  // One of unknown size was stored there already, to learn its size.
  if (piece.from === "r2") return;
  if (piece.from === "memory") await putIncomingBody(blobs, key, piece.bytes);
  else {
    const put = (stream: ReadableStream) => putIncomingBody(blobs, key, stream);
    await pourStream(piece.sizeBytes, (into) => pourPieces(blobs, [piece], into), put);
  }
}

function tooManyChunks({ sizeBytes }: { sizeBytes: number }): UploadFailure {
  const message = `an upload takes at most ${limits.chunksPerUpload} chunks; complete it, or begin another with larger chunks (${limits.chunkMinBytes} bytes and more)`;
  return { code: "SIZE_INVALID", status: 413, message, sizeBytes };
}
