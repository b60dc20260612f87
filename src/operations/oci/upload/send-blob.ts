import { removeIncoming } from "../../../bindings/r2/incoming-store.ts";
import { limits } from "../../../contract/limits.ts";
import type { OciFailure } from "../../../contract/oci/failure.ts";
import { type Result, success } from "../../../domain/result.ts";
import { type StoreNeeds, storeBlob } from "../blob/store-blob.ts";
import type { BlobPiece } from "./blob-piece.ts";
import { receiveBody, type SentBody } from "./receive-body.ts";
import { refusedUpload } from "./refused-upload.ts";
import { chunkKey } from "./send-chunk.ts";

/** Takes a whole blob from one request, without a session. */
export async function sendBlob(
  needs: StoreNeeds,
  { repository, digest, ...sent }: SentBody & { repository: string; digest: string },
): Promise<Result<null, OciFailure>> {
  const key = chunkKey("whole");
  let piece: BlobPiece | null = null;
  try {
    piece = await receiveBody(needs.blobs, sent, { key, most: limits.blobBytes });
    await storeBlob(needs, { repository, digest, pieces: piece === null ? [] : [piece], uploadId: null });
    return success(null);
  } catch (error) {
    return refusedUpload(error);
  } finally {
    // What stays because of an outage is swept.
    if (piece?.from === "r2") await removeIncoming(needs.blobs, key).catch(() => undefined);
  }
}
