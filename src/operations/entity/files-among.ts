import { holdFiles } from "../../bindings/d1/file/file-row.ts";
import { findDigests } from "../../domain/entity/find-digests.ts";

/** D1 binds at most 2 MB in one value; a digest takes 74 bytes of JSON. */
const digestsAtOnce = 5000;

/** The files among data whose types nobody declared: every string that is the digest of one. They are kept from now on. */
export async function filesAmong(db: D1Database, data: unknown): Promise<string[]> {
  const digests = findDigests(data);
  const files: string[] = [];
  for (let start = 0; start < digests.length; start += digestsAtOnce) {
    for (const file of await holdFiles(db, digests.slice(start, start + digestsAtOnce))) files.push(file.digest);
  }
  return files;
}
