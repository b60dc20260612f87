import { z } from "zod";
import { primary } from "../primary.ts";

const digestRows = z.array(z.object({ digest: z.string() }));

/**
 * Whether anything names the blob `asked.value`: a version that is not deleted, a file, an entity, a run, a run's plan, a repository's blob or manifest.
 * D1 takes no union of so many.
 */
const isNamed = [
  "artifact_version WHERE source_digest = asked.value AND state <> 'deleted'",
  "artifact_version WHERE digest = asked.value AND state <> 'deleted'",
  "artifact_version WHERE flattened_digest = asked.value AND state <> 'deleted'",
  "artifact_version WHERE analysis_digest = asked.value AND state <> 'deleted'",
  "artifact_version WHERE code_digest = asked.value AND state <> 'deleted'",
  "file WHERE digest = asked.value",
  "entity WHERE data_digest = asked.value",
  "run WHERE events_digest = asked.value",
  "workflow_run WHERE plan_digest = asked.value",
  "oci_blob WHERE digest = asked.value",
  "oci_manifest WHERE digest = asked.value",
]
  .map((from) => `EXISTS (SELECT 1 FROM ${from})`)
  .join(" OR ");

/**
 * Begins to remove those of these digests that nothing needs, and answers them: they are the caller's alone to delete. Until
 * `endRemoval`, nothing can begin to name them (triggers of migrations 0003, 0005 and 0006 see to it), so deleting them takes nobody's bytes.
 */
export async function beginRemoval(db: D1Database, digests: readonly string[], now: Date): Promise<string[]> {
  if (digests.length === 0) return [];
  const { results } = await primary(db)
    .prepare(beginRemovalQuery)
    .bind(JSON.stringify(digests), now.toISOString())
    .all();
  return digestRows.parse(results).map((row) => row.digest);
}

/** What `beginRemoval` asks. */
export const beginRemovalQuery = `INSERT INTO blob_removal (digest, began_at)
  SELECT asked.value, ?2 FROM json_each(?1) AS asked WHERE NOT (${isNamed})
  ON CONFLICT (digest) DO NOTHING RETURNING digest`;

/** Those of these digests that nothing names just now. */
export async function listUnnamed(db: D1Database, digests: readonly string[]): Promise<string[]> {
  if (digests.length === 0) return [];
  const { results } = await primary(db)
    .prepare(`SELECT asked.value AS digest FROM json_each(?) AS asked WHERE NOT (${isNamed})`)
    .bind(JSON.stringify(digests))
    .all();
  return digestRows.parse(results).map((row) => row.digest);
}

/** Removals that a crash interrupted before `before`: they are to be done again. */
export async function interruptedRemovals(db: D1Database, before: Date): Promise<string[]> {
  const { results } = await primary(db)
    .prepare("SELECT digest FROM blob_removal WHERE began_at < ? ORDER BY digest LIMIT 500")
    .bind(before.toISOString())
    .all();
  return digestRows.parse(results).map((row) => row.digest);
}

/** These digests are gone from R2: whoever has the bytes may bring them again. */
export async function endRemoval(db: D1Database, digests: readonly string[]): Promise<void> {
  if (digests.length === 0) return;
  await primary(db)
    .prepare("DELETE FROM blob_removal WHERE digest IN (SELECT value FROM json_each(?))")
    .bind(JSON.stringify(digests))
    .run();
}
