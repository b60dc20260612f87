import { z } from "zod";
import { primary } from "../primary.ts";

const blobRow = z
  .object({ size_bytes: z.number(), touched_at: z.string() })
  .transform((row): BlobRow => ({ sizeBytes: row.size_bytes, touchedAt: row.touched_at }));
const namedBlobRows = z.array(z.looseObject({ digest: z.string() }));
const digestRows = z.array(z.object({ digest: z.string() }));
const manifestRows = z.array(z.object({ manifest: z.string() }));
const repositoryRows = z.array(z.object({ repository: z.string() }));

/** A blob of one repository. */
export interface BlobRow {
  sizeBytes: number;
  touchedAt: string;
}

export async function loadBlobRow(db: D1Database, repository: string, digest: string): Promise<BlobRow | null> {
  const row = await primary(db)
    .prepare("SELECT size_bytes, touched_at FROM oci_blob WHERE repository = ? AND digest = ?")
    .bind(repository, digest)
    .first();
  return row === null ? null : blobRow.parse(row);
}

/** All blobs of a repository by digest, when it has at most `most`; else null. */
export async function loadBlobRows(
  db: D1Database,
  repository: string,
  most: number,
): Promise<Map<string, BlobRow> | null> {
  const { results } = await primary(db)
    .prepare("SELECT digest, size_bytes, touched_at FROM oci_blob WHERE repository = ? LIMIT ?")
    .bind(repository, most + 1)
    .all();
  if (results.length > most) return null;
  return new Map(namedBlobRows.parse(results).map(({ digest, ...row }) => [digest, blobRow.parse(row)]));
}

/** Notes that a client was told that the blob is there. Null: it is not, or not any more. */
export async function touchBlobRow(
  db: D1Database,
  repository: string,
  digest: string,
  at: string,
): Promise<BlobRow | null> {
  const row = await primary(db)
    .prepare(
      `UPDATE oci_blob SET touched_at = max(touched_at, ?3) WHERE repository = ?1 AND digest = ?2
       RETURNING size_bytes, touched_at`,
    )
    .bind(repository, digest, at)
    .first();
  return row === null ? null : blobRow.parse(row);
}

/** Makes a blob part of a repository; again only touches it. False while a sweep removes these very bytes. */
export async function insertBlobRow(
  db: D1Database,
  repository: string,
  blob: { digest: string; sizeBytes: number },
  at: string,
): Promise<boolean> {
  const row = await primary(db)
    .prepare(
      `INSERT INTO oci_blob (repository, digest, size_bytes, touched_at)
       SELECT ?1, ?2, ?3, ?4 WHERE NOT EXISTS (SELECT 1 FROM blob_removal WHERE digest = ?2)
       ON CONFLICT (repository, digest) DO UPDATE SET touched_at = max(touched_at, excluded.touched_at)
       RETURNING digest`,
    )
    .bind(repository, blob.digest, blob.sizeBytes, at)
    .first();
  return row !== null;
}

/** Takes a blob out of a repository, unless a manifest there refers to it: then answers some of those that do. */
export async function deleteBlobRow(
  db: D1Database,
  repository: string,
  digest: string,
): Promise<{ isDeleted: boolean; referrers: string[] }> {
  const session = primary(db);
  const [referrers, deleted] = await session.batch([
    session
      .prepare("SELECT manifest FROM oci_reference WHERE repository = ? AND digest = ? ORDER BY manifest LIMIT 3")
      .bind(repository, digest),
    session
      .prepare(
        `DELETE FROM oci_blob WHERE repository = ?1 AND digest = ?2
           AND NOT EXISTS (SELECT 1 FROM oci_reference WHERE repository = ?1 AND digest = ?2) RETURNING digest`,
      )
      .bind(repository, digest),
  ]);
  return {
    isDeleted: digestRows.parse(deleted?.results).length > 0,
    referrers: manifestRows.parse(referrers?.results).map((row) => row.manifest),
  };
}

/** Takes those of these blobs out of a repository that no manifest there refers to and nobody touched since `before`. */
export async function deleteUnusedBlobRows(
  db: D1Database,
  repository: string,
  digests: readonly string[],
  before: string,
): Promise<string[]> {
  const { results } = await primary(db)
    .prepare(
      `DELETE FROM oci_blob WHERE repository = ?1 AND digest IN (SELECT value FROM json_each(?2)) AND touched_at < ?3
         AND NOT EXISTS (
           SELECT 1 FROM oci_reference WHERE oci_reference.repository = ?1 AND oci_reference.digest = oci_blob.digest
         )
       RETURNING digest`,
    )
    .bind(repository, JSON.stringify(digests), before)
    .all();
  return digestRows.parse(results).map((row) => row.digest);
}

/** Some repositories that have a blob. */
export async function listRepositoriesOfBlob(db: D1Database, digest: string, most: number): Promise<string[]> {
  const { results } = await primary(db)
    .prepare("SELECT repository FROM oci_blob WHERE digest = ? ORDER BY repository LIMIT ?")
    .bind(digest, most)
    .all();
  return repositoryRows.parse(results).map((row) => row.repository);
}
