import { z } from "zod";
import { primary } from "../primary.ts";

/** The place of a blob in the walk over all repositories' blobs. */
export interface BlobPlace {
  repository: string;
  digest: string;
}

/** A blob of a repository, as the collection sees it. */
export interface BlobMembership extends BlobPlace {
  sizeBytes: number;
  /** Whether a manifest of the repository refers to it. */
  isReferred: boolean;
  touchedAt: string;
}

const row = z
  .object({
    repository: z.string(),
    digest: z.string(),
    size_bytes: z.number(),
    is_referred: z.number(),
    touched_at: z.string(),
  })
  .transform(
    (found): BlobMembership => ({
      repository: found.repository,
      digest: found.digest,
      sizeBytes: found.size_bytes,
      isReferred: found.is_referred === 1,
      touchedAt: found.touched_at,
    }),
  );

/** What `listMemberships` asks: both tables by their primary keys, one step a row. */
export const membershipsQuery = `SELECT repository, digest, size_bytes, touched_at, EXISTS (
    SELECT 1 FROM oci_reference
    WHERE oci_reference.repository = oci_blob.repository AND oci_reference.digest = oci_blob.digest
  ) AS is_referred
  FROM oci_blob WHERE (repository, digest) > (?, ?) ORDER BY repository, digest LIMIT ?`;

/** Blobs of all repositories after `after`, in the order of their places. */
export async function listMemberships(db: D1Database, after: BlobPlace, limit: number): Promise<BlobMembership[]> {
  const { results } = await primary(db).prepare(membershipsQuery).bind(after.repository, after.digest, limit).all();
  return z.array(row).parse(results);
}
