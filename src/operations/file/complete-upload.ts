import { loadFile } from "../../bindings/d1/file/file-row.ts";
import { endUpload, forgetParts, type LoadedUpload, type UploadRow } from "../../bindings/d1/file/upload-row.ts";
import { putBlobFrom } from "../../bindings/r2/blob-store.ts";
import { uploadKey } from "../../bindings/r2/incoming-store.ts";
import { isR2Refusal } from "../../bindings/r2/r2-refusal.ts";
import { dropParts, joinParts, readJoinedStart } from "../../bindings/r2/upload-parts.ts";
import type { Failure } from "../../contract/failure.ts";
import type { File } from "../../contract/file/file.ts";
import { missingParts, partCount, showParts } from "../../domain/file/upload-parts.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import { abandonUpload } from "./abandon-upload.ts";
import { findUpload, type UploadNeeds, uploadNotFound } from "./find-upload.ts";
import { placeFile } from "./place-file.ts";
import { sniffedBytes, sniffFileType } from "./sniff-file-type.ts";

/**
 * Puts the parts together and makes them a file. Whatever interrupts it, asking again goes on from where it was: the parts are joined
 * once, the copy to the digest's own key may be repeated, and only then the upload counts as complete.
 */
export async function completeUpload(needs: UploadNeeds, id: string): Promise<Result<File, Failure>> {
  const found = await findUpload(needs, id);
  if (!found.ok) return found;
  if (found.value.row.state === "complete") return completed(needs, found.value.row);
  const joined = await join(needs, found.value);
  return joined.ok ? makeFile(needs, found.value.row) : joined;
}

async function completed(needs: UploadNeeds, { id, digest }: UploadRow): Promise<Result<File, Failure>> {
  const file = await loadFile(needs.db, digest);
  return file === null ? uploadNotFound(id) : success(file);
}

async function join(needs: UploadNeeds, { row, parts }: LoadedUpload): Promise<Result<null, Failure>> {
  const missing = missingParts(
    row.size_bytes,
    parts.map(({ part }) => part),
  );
  if (missing.length > 0) {
    const message = `of ${partCount(row.size_bytes)} parts, ${missing.length} have not arrived: ${showParts(missing)}; send them, then complete the upload`;
    return refusal({ code: "STATE_CONFLICT", message });
  }
  const joined = await joinParts(needs.blobs, { id: row.id, r2UploadId: row.r2_upload_id }, parts);
  if (joined === "joined") return success(null);
  if (joined === "gone") return goneMeanwhile(needs, row.id);
  // A part was replaced while another copy of it was on its way, so what was noted is not what R2 has.
  await forgetParts(needs.db, row.id);
  const message = "parts were sent twice at the same time, and R2 has others than were noted; send all parts again";
  return refusal({ code: "STATE_CONFLICT", message });
}

/** Another caller completed it, or gave it up, while this one asked. */
async function goneMeanwhile(needs: UploadNeeds, id: string): Promise<Result<null, Failure>> {
  const found = await findUpload(needs, id);
  if (!found.ok) return found;
  return found.value.row.state === "complete" ? success(null) : uploadNotFound(id);
}

async function makeFile(needs: UploadNeeds, row: UploadRow): Promise<Result<File, Failure>> {
  const { digest, name } = row;
  const start = await readJoinedStart(needs.blobs, row.id, sniffedBytes);
  const mediaType = await sniffFileType(start, { declared: row.media_type, name });
  const file = { digest, sizeBytes: row.size_bytes, mediaType, name, by: row.created_by };
  try {
    const placed = await placeFile(needs, file, () => putBlobFrom(needs.blobs, digest, uploadKey(row.id), mediaType));
    if (!placed.ok) return placed;
    await endUpload(needs.db, row.id, "complete");
    // What stays because of a crash or an error is swept when the upload has expired.
    await dropParts(needs.blobs, { id: row.id, r2UploadId: row.r2_upload_id }).catch(() => undefined);
    return success(placed.value.file);
  } catch (error) {
    if (!isR2Refusal(error, "badDigest")) throw error;
    await abandonUpload(needs, row.id);
    const message = `the parts together have ${row.size_bytes} bytes, but not the digest ${digest}; the upload is given up: begin again`;
    return refusal({ code: "DIGEST_MISMATCH", message });
  }
}
