import { loadFile } from "../../bindings/d1/file/file-row.ts";
import { loadNamedBlob } from "../../bindings/d1/file/named-blob.ts";
import { blobSize } from "../../bindings/r2/blob-store.ts";
import type { Failure } from "../../contract/failure.ts";
import type { File } from "../../contract/file/file.ts";
import { type Result, refusal, success } from "../../domain/result.ts";

/** What is known of a file; also of bytes that an entity, a run or a version names, so that each `…_digest` can be read. */
export async function findFile(
  needs: { db: D1Database; blobs: R2Bucket },
  digest: string,
): Promise<Result<File, Failure>> {
  const file = await loadFile(needs.db, digest);
  if (file !== null) return success(file);
  const named = await loadNamedBlob(needs.db, digest);
  const sizeBytes = named === null ? null : await blobSize(needs.blobs, digest);
  if (named === null || sizeBytes === null) return fileNotFound(digest);
  const { mediaType, createdAt } = named;
  return success({ digest, size_bytes: sizeBytes, media_type: mediaType, name: null, created_at: createdAt });
}

/** The refusal of a digest that names nothing here. */
export function fileNotFound(digest: string): { ok: false; failure: Failure } {
  return refusal({
    code: "FILE_NOT_FOUND",
    message: `no file ${digest} is here; files that no entity names are kept for a week after they were sent`,
  });
}
