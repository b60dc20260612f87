import type { OciFailure } from "../../../contract/oci/failure.ts";
import { refusal } from "../../../domain/result.ts";

/** Says that a repository does not have a blob; another may. */
export function blobUnknown(repository: string, digest: string): { ok: false; failure: OciFailure } {
  return refusal({ code: "BLOB_UNKNOWN", message: `${repository} has no blob ${digest}; push it there, or mount it` });
}
