import { hasBlob, putBlob } from "../../../bindings/r2/blob-store.ts";
import type { OciFailure } from "../../../contract/oci/failure.ts";
import type { Manifest } from "../../../domain/oci/manifest-facts.ts";
import { type Result, refusal } from "../../../domain/result.ts";
import type { StoreNeeds } from "../blob/store-blob.ts";

/** A sweep that removes these very bytes is through in a moment. */
const pausesMs = [50, 200, 500, 1000];

/**
 * Stores a manifest that is no artifact: its bytes first, then the repository's keeper writes its rows. A sweep that was removing these
 * bytes refuses the rows, or is seen by the last look; then the bytes are put again.
 */
export async function storeManifest(
  { repositories, blobs }: StoreNeeds,
  { repository, manifest, tags }: { repository: string; manifest: Manifest; tags: string[] },
  by: string,
): Promise<Result<{ digest: string }, OciFailure>> {
  const { bytes, ...facts } = manifest;
  for (const pauseMs of pausesMs) {
    await putBlob(blobs, manifest.digest, bytes, manifest.mediaType);
    const put = await putRows(() => repositories(repository).putManifest({ repository, manifest: facts, tags }, by));
    if (put !== "being removed" && (!put.ok || (await hasBlob(blobs, manifest.digest)))) return put;
    await scheduler.wait(pauseMs);
  }
  const message = `the ${bytes.byteLength} bytes of ${manifest.digest} were being removed as unused when they came again; push again in a moment`;
  return refusal({ code: "TOOMANYREQUESTS", message, retryAfterSeconds: 2 });
}

async function putRows<Answer>(put: () => Promise<Answer>): Promise<Answer | "being removed"> {
  try {
    return await put();
  } catch (error) {
    // A trigger of migration 0005.
    if (error instanceof Error && error.message.includes("bytes that this names are being removed")) {
      return "being removed";
    }
    throw error;
  }
}
