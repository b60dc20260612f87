import { endUpload, forgetParts, loadUpload } from "../../bindings/d1/file/upload-row.ts";
import { dropParts } from "../../bindings/r2/upload-parts.ts";
import type { FileNeeds } from "./place-file.ts";

/** Gives an upload up. One that is complete, or is not there, is left as it is. */
export async function abandonUpload({ db, blobs }: Pick<FileNeeds, "db" | "blobs">, id: string): Promise<void> {
  const loaded = await loadUpload(db, id);
  if (loaded === null || loaded.row.state === "complete") return;
  // The row first: after it, nobody counts on the parts. What a crash leaves in R2 goes when the upload has expired.
  await endUpload(db, id, "abandoned");
  await dropParts(blobs, { id, r2UploadId: loaded.row.r2_upload_id });
  await forgetParts(db, id);
}
