import { type LoadedUpload, loadUpload, type UploadPart, type UploadRow } from "../../bindings/d1/file/upload-row.ts";
import type { Failure } from "../../contract/failure.ts";
import type { Upload } from "../../contract/file/upload.ts";
import { limits } from "../../contract/limits.ts";
import type { Signer } from "../../domain/file/signer.ts";
import { partCount } from "../../domain/file/upload-parts.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import type { FileNeeds } from "./place-file.ts";

export interface UploadNeeds extends FileNeeds {
  signer: Signer;
}

/** An upload that goes on or is complete; one that was given up or has expired is not found. */
export async function findUpload(
  needs: Pick<UploadNeeds, "db" | "now">,
  id: string,
): Promise<Result<LoadedUpload, Failure>> {
  const loaded = await loadUpload(needs.db, id);
  if (
    loaded === null ||
    loaded.row.state === "abandoned" ||
    Date.parse(loaded.row.expires_at) < needs.now().getTime()
  ) {
    return uploadNotFound(id);
  }
  return success(loaded);
}

/** The refusal of an upload that is not, or no longer, here. */
export function uploadNotFound(id: string): { ok: false; failure: Failure } {
  const hours = limits.uploadSeconds / 3600;
  const message = `no upload ${id} is under way; it may have been given up, or begun more than ${hours} hours ago: begin again with POST /v1/uploads`;
  return refusal({ code: "UPLOAD_NOT_FOUND", message });
}

/** An upload as its sender sees it, with the signature by which they go on without a token. */
export function uploadAnswer(signer: Signer, row: UploadRow, parts: readonly UploadPart[]): Upload {
  return {
    id: row.id,
    state: row.state === "complete" ? "complete" : "open",
    digest: row.digest,
    size_bytes: row.size_bytes,
    part_bytes: limits.uploadPartBytes,
    part_count: partCount(row.size_bytes),
    received: parts.map(({ part }) => part),
    expires_at: row.expires_at,
    path: `/v1/uploads/${row.id}`,
    query: signer.sign("upload", row.id, new Date(row.expires_at)),
  };
}
