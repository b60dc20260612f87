import { limits } from "../../../contract/limits.ts";
import type { OciFailure } from "../../../contract/oci/failure.ts";
import { refusal } from "../../../domain/result.ts";

/** Bytes that are not what they should be. Thrown, because only so a stream under way to R2 stops there and then. */
export class RefusedUpload extends Error {
  readonly failure: OciFailure;

  constructor(failure: OciFailure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** Turns a `RefusedUpload` into a refusal; everything else is still thrown. */
export function refusedUpload(error: unknown): { ok: false; failure: OciFailure } {
  if (error instanceof RefusedUpload) return refusal(error.failure);
  throw error;
}

/** The sender went away, or their connection did. */
export const brokenOff: OciFailure = {
  code: "BLOB_UPLOAD_INVALID",
  message: "the body broke off, and nothing of this request was kept; send it again",
};

/** No blob may be so large. */
export const blobTooLarge: OciFailure = {
  code: "SIZE_INVALID",
  status: 413,
  message: `a blob has at most ${limits.blobBytes / 1024 ** 3} GiB; split the content into several layers`,
};
