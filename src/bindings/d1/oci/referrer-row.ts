import { z } from "zod";
import { primary } from "../primary.ts";
import type { Slice } from "./tag-row.ts";

const row = z
  .object({
    digest: z.string(),
    media_type: z.string(),
    size_bytes: z.number(),
    artifact_type: z.string().nullable(),
    annotations: z.string(),
  })
  .transform((found) => ({
    digest: found.digest,
    mediaType: found.media_type,
    sizeBytes: found.size_bytes,
    artifactType: found.artifact_type,
    /** JSON; empty: only the manifest itself tells them. */
    annotations: found.annotations,
  }));
/** A manifest about another one. */
export type ReferrerRow = z.infer<typeof row>;

/** The manifests of a repository that are about `subject`, in the order of their digests; `artifactType`: only those of that type. */
export async function listReferrerRows(
  db: D1Database,
  { repository, subject, artifactType }: { repository: string; subject: string; artifactType: string | null },
  { last, limit }: Slice,
): Promise<ReferrerRow[]> {
  const { results } = await primary(db)
    .prepare(
      `SELECT digest, media_type, size_bytes, artifact_type, annotations FROM oci_manifest
       WHERE repository = ?1 AND subject = ?2 AND subject IS NOT NULL AND digest > ?3 AND (?4 IS NULL OR artifact_type = ?4)
       ORDER BY digest LIMIT ?5`,
    )
    .bind(repository, subject, last, artifactType, limit)
    .all();
  return z.array(row).parse(results);
}
