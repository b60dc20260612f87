import { loadFile, type NewFile, recordFileRow } from "../../bindings/d1/file/file-row.ts";
import { hasBlob } from "../../bindings/r2/blob-store.ts";
import { isR2Refusal } from "../../bindings/r2/r2-refusal.ts";
import type { Failure } from "../../contract/failure.ts";
import type { File } from "../../contract/file/file.ts";
import { type Result, refusal, success } from "../../domain/result.ts";

export interface FileNeeds {
  db: D1Database;
  blobs: R2Bucket;
  now: () => Date;
}

export interface StoredFile {
  file: File;
  isNew: boolean;
}

/** A sweep that stands in the way is through in a moment. */
const pausesMs = [50, 200, 500, 1000];

/**
 * Makes bytes a file: `place` puts them under their digest, then the row is written, then the bytes are looked for. In this order, a
 * sweep that removes these very bytes because nobody named them is either refused by the row, or refuses the row, or is seen by
 * the last look; then all is done again. `place` is null when the bytes were placed and cannot be placed again.
 */
export async function placeFile(
  needs: FileNeeds,
  file: NewFile,
  place: (() => Promise<unknown>) | null,
): Promise<Result<StoredFile, Failure>> {
  for (const [attempt, pauseMs] of (place === null ? [0] : pausesMs).entries()) {
    if (place !== null && (attempt > 0 || (await loadFile(needs.db, file.digest)) === null)) await placeCalmly(place);
    const recorded = await recordFileRow(needs.db, file, needs.now());
    if (recorded !== null && (await hasBlob(needs.blobs, file.digest))) return success(recorded);
    await scheduler.wait(pauseMs);
  }
  return refusal({
    code: "UNAVAILABLE",
    message: `the bytes of ${file.digest} were being removed as unused when they came again; send them again`,
    retryAfterSeconds: 2,
  });
}

/** R2 takes about one write of a key a second; whoever wrote it wrote the same bytes, and the last look tells. */
async function placeCalmly(place: () => Promise<unknown>): Promise<void> {
  try {
    await place();
  } catch (error) {
    if (!isR2Refusal(error, "tooFast")) throw error;
  }
}
