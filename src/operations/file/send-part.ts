import { notePart } from "../../bindings/d1/file/upload-row.ts";
import { putPart } from "../../bindings/r2/upload-parts.ts";
import type { Failure } from "../../contract/failure.ts";
import type { Upload } from "../../contract/file/upload.ts";
import { partBytes, partCount } from "../../domain/file/upload-parts.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import { findUpload, type UploadNeeds, uploadAnswer } from "./find-upload.ts";
import { MeasuredBody, refusedBody } from "./measured-body.ts";

/** A part on its way in. `sizeBytes` is null where its sender does not say. */
export interface SentPart {
  uploadId: string;
  part: number;
  body: ReadableStream | ArrayBuffer;
  sizeBytes: number | null;
}

/** Takes a part of an upload, in any order; a part that was sent before is replaced. */
export async function sendPart(needs: UploadNeeds, sent: SentPart): Promise<Result<Upload, Failure>> {
  const found = await findUpload(needs, sent.uploadId);
  if (!found.ok) return found;
  const { row } = found.value;
  if (row.state === "complete") return sealed(row.id);
  const wanted = partBytes(row.size_bytes, sent.part);
  const body = new MeasuredBody(sent.body, { sizeBytes: wanted, digest: null });
  try {
    if (wanted === null) return noSuchPart(row.size_bytes, sent.part);
    if (sent.sizeBytes !== null && sent.sizeBytes !== wanted) return wrongSize(sent.part, wanted, sent.sizeBytes);
    const upload = { id: row.id, r2UploadId: row.r2_upload_id };
    const etag = await putPart(needs.blobs, upload, { number: sent.part, sizeBytes: wanted, bytes: body.chunks() });
    if (etag === null) return sealed(row.id);
    const parts = await notePart(needs.db, row.id, { part: sent.part, etag, sizeBytes: wanted });
    return success(uploadAnswer(needs.signer, row, parts));
  } catch (error) {
    return refusedBody(error);
  } finally {
    await body.stop();
  }
}

function sealed(id: string): { ok: false; failure: Failure } {
  const message = `the parts of upload ${id} are put together already, and take no other; ask for it again with GET`;
  return refusal({ code: "STATE_CONFLICT", message });
}

function noSuchPart(sizeBytes: number, part: number): { ok: false; failure: Failure } {
  const message = `the upload has ${sizeBytes} bytes, so ${partCount(sizeBytes)} parts, and no part ${part}; parts count from 1`;
  return refusal({ code: "INVALID_REQUEST", message });
}

function wrongSize(part: number, wanted: number, sent: number): { ok: false; failure: Failure } {
  const message = `part ${part} of this upload has ${wanted} bytes, and ${sent} were sent; all parts but the last have the same size`;
  return refusal({ code: "INVALID_REQUEST", message });
}
