import { v7 } from "uuid";
import { holdFiles } from "../../bindings/d1/file/file-row.ts";
import { insertUpload, type UploadRow } from "../../bindings/d1/file/upload-row.ts";
import { hasBlob } from "../../bindings/r2/blob-store.ts";
import { beginParts } from "../../bindings/r2/upload-parts.ts";
import type { Failure } from "../../contract/failure.ts";
import type { Upload, UploadRequest } from "../../contract/file/upload.ts";
import { limits } from "../../contract/limits.ts";
import { partCount } from "../../domain/file/upload-parts.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import { type UploadNeeds, uploadAnswer } from "./find-upload.ts";

/** Begins an upload in parts; when the file is here already, says so instead. */
export async function beginUpload(
  needs: UploadNeeds,
  asked: UploadRequest,
  by: string,
): Promise<Result<Upload, Failure>> {
  const [known] = await holdFiles(needs.db, [asked.digest]);
  if (known !== undefined && known.size_bytes !== asked.size_bytes) {
    const message = `${asked.digest} is here and has ${known.size_bytes} bytes, not ${asked.size_bytes}; one of the two is wrong`;
    return refusal({ code: "DIGEST_MISMATCH", message });
  }
  if (known !== undefined && (await hasBlob(needs.blobs, asked.digest))) return success(nothingToSend(asked));
  const now = needs.now();
  const id = v7();
  const row: UploadRow = {
    id,
    digest: asked.digest,
    size_bytes: asked.size_bytes,
    media_type: asked.media_type ?? null,
    name: asked.name ?? null,
    r2_upload_id: await beginParts(needs.blobs, id),
    state: "open",
    created_at: now.toISOString(),
    created_by: by,
    expires_at: new Date(now.getTime() + limits.uploadSeconds * 1000).toISOString(),
  };
  await insertUpload(needs.db, row);
  return success(uploadAnswer(needs.signer, row, []));
}

function nothingToSend(asked: UploadRequest): Upload {
  return {
    id: null,
    state: "complete",
    digest: asked.digest,
    size_bytes: asked.size_bytes,
    part_bytes: limits.uploadPartBytes,
    part_count: partCount(asked.size_bytes),
    received: [],
    expires_at: null,
    path: null,
    query: null,
  };
}
