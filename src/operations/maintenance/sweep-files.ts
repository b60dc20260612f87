import { forgetUnusedFiles } from "../../bindings/d1/file/file-row.ts";
import { limits } from "../../contract/limits.ts";

const filesPerSweep = 500;

/**
 * Forgets files that were sent and never used: no entity names them and nobody touched them for a week. Their bytes are orphans from
 * then on, which the blob sweep removes; who sends them again before that gets the row back. Answers how many.
 */
export function sweepFiles(db: D1Database, now: Date): Promise<number> {
  return forgetUnusedFiles(db, new Date(now.getTime() - limits.unusedFileSeconds * 1000), filesPerSweep);
}
