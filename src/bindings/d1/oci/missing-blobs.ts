import { z } from "zod";
import { primary } from "../primary.ts";

const rows = z.array(z.object({ digest: z.string() }));

/**
 * Those of these blobs that the repository does not have, at most a hundred of them. The others are touched where they were not lately
 * (`since`), so that no collection takes them before the manifest that refers to them is committed.
 */
export async function missingBlobs(
  db: D1Database,
  repository: string,
  digests: readonly string[],
  { since, now }: { since: string; now: string },
): Promise<string[]> {
  const session = primary(db);
  const asked = JSON.stringify([...new Set(digests)]);
  const [, missing] = await session.batch([
    session
      .prepare(
        `UPDATE oci_blob SET touched_at = ?4
         WHERE repository = ?1 AND digest IN (SELECT value FROM json_each(?2)) AND touched_at < ?3`,
      )
      .bind(repository, asked, since, now),
    session
      .prepare(
        `SELECT value AS digest FROM json_each(?2)
         WHERE NOT EXISTS (SELECT 1 FROM oci_blob WHERE repository = ?1 AND digest = value) LIMIT 100`,
      )
      .bind(repository, asked),
  ]);
  return rows.parse(missing?.results).map((row) => row.digest);
}
