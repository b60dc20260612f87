import type { Repositories } from "../../../bindings/durable/repository.ts";
import { hasBlob } from "../../../bindings/r2/blob-store.ts";
import { type BlobPiece, pieceBytes } from "../upload/blob-piece.ts";
import { RefusedUpload } from "../upload/refused-upload.ts";
import { placeBytes } from "./place-bytes.ts";

/** What storing a blob or manifest works with. */
export interface StoreNeeds {
  blobs: R2Bucket;
  repositories: Repositories;
}

/** A blob on its way into a repository. */
export interface SentBlob {
  repository: string;
  digest: string;
  pieces: readonly BlobPiece[];
  /** The session that it came by, which ends with it. */
  uploadId: string | null;
}

/** A sweep that stands in the way is through in a moment. */
const pausesMs = [50, 200, 500, 1000];

/**
 * Makes bytes a blob of a repository; throws a `RefusedUpload` when they are not what was said. First the bytes, then the row, then a
 * last look for the bytes: a sweep that removes these very bytes because nobody named them is either refused by the row, or refuses the
 * row, or is seen by that look. Then all is done again, as far as the bytes can be read again.
 */
export async function storeBlob({ blobs, repositories }: StoreNeeds, sent: SentBlob): Promise<void> {
  const { repository, digest, pieces, uploadId } = sent;
  const isRepeatable = pieces.every((piece) => piece.from !== "request");
  const sizeBytes = pieces.reduce((sum, piece) => sum + pieceBytes(piece), 0);
  const keeper = repositories(repository);
  for (const [attempt, pauseMs] of pausesMs.entries()) {
    if (attempt === 0 || isRepeatable) await placeBytes(blobs, digest, pieces);
    if (await keeper.linkBlob(repository, { digest, sizeBytes }, uploadId)) {
      if (await hasBlob(blobs, digest)) return;
      if (!isRepeatable) break;
    }
    await scheduler.wait(pauseMs);
  }
  // A row without its bytes would be a lie.
  await keeper.deleteBlob(repository, digest);
  const message = `the bytes of ${digest} were being removed as unused when they came again; send them again`;
  throw new RefusedUpload({ code: "TOOMANYREQUESTS", message, retryAfterSeconds: 2 });
}
