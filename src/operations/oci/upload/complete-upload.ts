import type { RepositoryCalls, UploadSession } from "../../../bindings/durable/repository.ts";
import { removeAllIncoming, removeIncoming } from "../../../bindings/r2/incoming-store.ts";
import { limits } from "../../../contract/limits.ts";
import { type Result, refusal, success } from "../../../domain/result.ts";
import { storeBlob } from "../blob/store-blob.ts";
import { type BlobPiece, pieceBytes } from "./blob-piece.ts";
import { checkChunk, checkLength } from "./check-chunk.ts";
import { findSession, loadSession, type SessionNeeds, type UploadFailure, uploadUnknown } from "./find-session.ts";
import { receiveBody } from "./receive-body.ts";
import { RefusedUpload, refusedUpload } from "./refused-upload.ts";
import { chunkKey, type SentChunk, type UploadNeeds } from "./send-chunk.ts";

/** What completing an upload works with, besides. */
export interface CompleteNeeds extends UploadNeeds {
  later: (work: Promise<unknown>) => void;
}

/**
 * Makes what an upload has, and the bytes that come with this request, a blob. If they are not what the digest says, the session stays as it
 * was. Again, as after an answer that was lost, is the same as once.
 */
export async function completeUpload(
  needs: CompleteNeeds,
  sent: SentChunk & { digest: string },
): Promise<Result<null, UploadFailure>> {
  const { repository, id, digest } = sent;
  const keeper = needs.repositories(repository);
  const found = await findSession(needs, repository, id);
  if (!found.ok) return (await isCompleted(needs, sent)) ? success(null) : found;
  const session = found.value;
  const wrong = checkChunk(session, sent);
  if (wrong !== null) return refusal(wrong);
  const key = chunkKey(id);
  let last: BlobPiece | null = null;
  try {
    last = await receiveBody(needs.blobs, sent, { key, most: limits.blobBytes - session.sizeBytes });
    const wrongLength = checkLength(session, sent.range, last === null ? 0 : pieceBytes(last));
    if (wrongLength !== null) return refusal(wrongLength);
    const chunks = await chunksOf(keeper, sent, session);
    await storeBlob(needs, { repository, digest, pieces: last === null ? chunks : [...chunks, last], uploadId: id });
    needs.later(removeAllIncoming(needs.blobs, keysOf(chunks)).catch(() => undefined));
    return success(null);
  } catch (error) {
    const { failure } = refusedUpload(error);
    // Another request completed it while this one read.
    if (failure.code === "BLOB_UPLOAD_UNKNOWN" && (await isCompleted(needs, sent))) return success(null);
    return failure.code === "BLOB_UPLOAD_UNKNOWN"
      ? uploadUnknown(repository, id)
      : refusal({ ...failure, sizeBytes: session.sizeBytes });
  } finally {
    // What stays because of an outage is swept.
    if (last?.from === "r2") await removeIncoming(needs.blobs, key).catch(() => undefined);
  }
}

/** Whether this session has become this blob, and the blob is still there. */
async function isCompleted(
  needs: SessionNeeds,
  { repository, id, digest }: { repository: string; id: string; digest: string },
): Promise<boolean> {
  const ended = (await loadSession(needs, repository, id))?.ended;
  if (ended?.how !== "completed" || ended.digest !== digest) return false;
  return (await needs.repositories(repository).findBlob(repository, digest, true)) !== null;
}

/** The chunks that were there when the session was found: one that came meanwhile belongs behind what this request has. */
async function chunksOf(
  keeper: RepositoryCalls,
  { repository, id }: { repository: string; id: string },
  session: UploadSession,
): Promise<BlobPiece[]> {
  if (session.chunks === 0) return [];
  const listed = await keeper.listChunks(repository, id);
  const chunks = listed.filter((chunk) => chunk.offset < session.sizeBytes);
  // It was completed or cancelled since it was found.
  if (chunks.length < session.chunks) throw new RefusedUpload(uploadUnknown(repository, id).failure);
  return chunks.map(({ key, sizeBytes }): BlobPiece => ({ from: "r2", key, sizeBytes }));
}

function keysOf(pieces: readonly BlobPiece[]): string[] {
  return pieces.flatMap((piece) => (piece.from === "r2" ? [piece.key] : []));
}
