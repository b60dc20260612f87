import { removeAllIncoming } from "../../../bindings/r2/incoming-store.ts";
import { type Result, success } from "../../../domain/result.ts";
import { type UploadFailure, uploadUnknown } from "./find-session.ts";
import type { UploadNeeds } from "./send-chunk.ts";

/** Ends an upload, and forgets what came of it. */
export async function cancelUpload(
  { blobs, repositories, uploadIds, now }: UploadNeeds,
  { repository, id }: { repository: string; id: string },
): Promise<Result<null, UploadFailure>> {
  if (!uploadIds.isOpen(repository, id, now())) return uploadUnknown(repository, id);
  const keys = await repositories(repository).endUpload(repository, id);
  if (keys === null) return uploadUnknown(repository, id);
  // What stays because of an outage is swept.
  await removeAllIncoming(blobs, keys).catch(() => undefined);
  return success(null);
}
