import { z } from "zod";
import type { ManifestFacts } from "../../../domain/oci/manifest-facts.ts";
import { primary } from "../primary.ts";

type Needed = Pick<ManifestFacts, "blobs" | "manifests">;

/** What of `?2` (blobs) and `?3` (manifests), both JSON lists, the repository `?1` does not have. */
const missing = `
  SELECT value AS digest FROM json_each(?2)
  WHERE NOT EXISTS (SELECT 1 FROM oci_blob WHERE repository = ?1 AND oci_blob.digest = value)
  UNION SELECT value FROM json_each(?3)
  WHERE NOT EXISTS (SELECT 1 FROM oci_manifest WHERE repository = ?1 AND oci_manifest.digest = value)`;

/** Blobs and manifests that a manifest refers to and the repository does not have. */
export async function missingReferences(db: D1Database, repository: string, needed: Needed): Promise<string[]> {
  const { results } = await primary(db)
    .prepare(missing)
    .bind(...bindings(repository, needed))
    .all();
  return z
    .array(z.object({ digest: z.string() }))
    .parse(results)
    .map((row) => row.digest);
}

/**
 * A statement that aborts its transaction when something is missing (a reference to nothing is no row that the table takes): so a
 * manifest and what it needs are judged and written in one.
 */
export function requireReferences(session: D1DatabaseSession, repository: string, needed: Needed): D1PreparedStatement {
  return session
    .prepare(`INSERT INTO oci_reference (repository, digest, manifest) SELECT ?1, NULL, digest FROM (${missing})`)
    .bind(...bindings(repository, needed));
}

/** Whether a transaction was aborted by `requireReferences`. */
export function lacksReferences(error: unknown): boolean {
  return error instanceof Error && error.message.includes("NOT NULL constraint failed: oci_reference.digest");
}

function bindings(repository: string, { blobs, manifests }: Needed): [string, string, string] {
  return [repository, JSON.stringify(blobs.map((blob) => blob.digest)), JSON.stringify(manifests)];
}
