import { holdFiles } from "../../bindings/d1/file/file-row.ts";
import type { Failure } from "../../contract/failure.ts";
import type { File } from "../../contract/file/file.ts";
import { type Result, success } from "../../domain/result.ts";
import { findFile } from "./find-file.ts";

/** What is known of a file, for who asks before they send or name it: it stays for some days more, so that they may rely on the answer. */
export async function holdFile(
  needs: { db: D1Database; blobs: R2Bucket },
  digest: string,
): Promise<Result<File, Failure>> {
  const [held] = await holdFiles(needs.db, [digest]);
  return held === undefined ? findFile(needs, digest) : success(held);
}
