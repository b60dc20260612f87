import { limits } from "../../contract/limits.ts";
import type { OciFailure } from "../../contract/oci/failure.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import { joinBytes } from "../requests/join-bytes.ts";

/** Of a manifest that is too large, so much is read and thrown away: who is still sending reads no refusal. */
const discardedBytes = 4 * limits.manifestBytes;

/** Reads a manifest of at most `limits.manifestBytes`, whatever its Content-Length claims. */
export async function readManifestBody(request: Request): Promise<Result<Uint8Array, OciFailure>> {
  const encoding = request.headers.get("content-encoding") ?? "identity";
  const parts: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const part of request.body ?? []) {
    const bytes: Uint8Array = part;
    sizeBytes += bytes.byteLength;
    if (sizeBytes <= limits.manifestBytes) parts.push(bytes);
    if (sizeBytes > discardedBytes) break;
  }
  if (encoding !== "identity") {
    const message = `the manifest has Content-Encoding ${encoding.slice(0, 80)}; send it as it was hashed`;
    return refusal({ code: "MANIFEST_INVALID", status: 415, message });
  }
  if (sizeBytes <= limits.manifestBytes) return success(joinBytes(parts, sizeBytes));
  const most = `${limits.manifestBytes / 1024 / 1024} MiB`;
  const message = `the manifest is larger than the ${most} that one may have; put what is large into a blob, or the manifests under an index of indexes`;
  return refusal({ code: "SIZE_INVALID", status: 413, message });
}
