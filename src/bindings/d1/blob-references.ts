import { z } from "zod";
import { primary } from "./primary.ts";

/** Which of these digests a version that is not deleted needs. At most 30: each is bound three times, and D1 binds 100 values a query. */
export async function referencedDigests(db: D1Database, digests: readonly string[]): Promise<Set<string>> {
  if (digests.length === 0) return new Set();
  const marks = digests.map(() => "?").join(", ");
  const { results } = await primary(db)
    .prepare(
      `SELECT source_digest AS digest FROM artifact_version WHERE state <> 'deleted' AND source_digest IN (${marks})
       UNION SELECT digest FROM artifact_version WHERE state <> 'deleted' AND digest IN (${marks})
       UNION SELECT flattened_digest FROM artifact_version WHERE state <> 'deleted' AND flattened_digest IN (${marks})`,
    )
    .bind(...digests, ...digests, ...digests)
    .all();
  return new Set(
    z
      .array(z.object({ digest: z.string() }))
      .parse(results)
      .map((row) => row.digest),
  );
}
