import { z } from "zod";
import type { ArtifactKind } from "../../../contract/artifact/kind.ts";
import { manifestMediaTypes } from "../../../contract/oci/manifest.ts";
import { repositoryOf } from "../../../domain/oci/repository-kind.ts";
import { primary } from "../primary.ts";

const indexTypes = manifestMediaTypes.index.map((type) => `'${type}'`).join(", ");

/** Tables of repositories that a check walks in the order of their primary keys, and what it asks of each row. */
const checked = {
  blobs: {
    key: ["repository", "digest"],
    columns: "digest AS detail, size_bytes, 1 AS is_whole",
    table: "oci_blob",
  },
  manifests: {
    key: ["repository", "digest"],
    columns: `digest AS detail, size_bytes, EXISTS (
      SELECT 1 FROM oci_repository WHERE oci_repository.repository = oci_manifest.repository) AS is_whole`,
    table: "oci_manifest",
  },
  // A manifest that an index refers to may be deleted by itself; what any other refers to is there as long as it is.
  references: {
    key: ["repository", "digest", "manifest"],
    columns: `manifest || ' refers to ' || digest AS detail, 0 AS size_bytes, EXISTS (
      SELECT 1 FROM oci_manifest WHERE oci_manifest.repository = oci_reference.repository AND oci_manifest.digest = oci_reference.manifest
        AND (oci_manifest.media_type IN (${indexTypes}) OR EXISTS (
          SELECT 1 FROM oci_blob WHERE oci_blob.repository = oci_reference.repository AND oci_blob.digest = oci_reference.digest))
    ) AS is_whole`,
    table: "oci_reference",
  },
  tags: {
    key: ["repository", "tag"],
    columns: `tag || ' points at ' || digest AS detail, 0 AS size_bytes, EXISTS (
      SELECT 1 FROM oci_manifest WHERE oci_manifest.repository = oci_tag.repository AND oci_manifest.digest = oci_tag.digest) AS is_whole`,
    table: "oci_tag",
  },
} as const;

/** What of repositories is checked. */
export type CheckedRows = keyof typeof checked;
export const checkedRows = ["blobs", "manifests", "references", "tags"] as const satisfies readonly CheckedRows[];

/** A row under check. */
export interface CheckedRow {
  repository: string;
  /** The digest of a blob or manifest; else what the row says. */
  detail: string;
  /** Of blobs and manifests. */
  sizeBytes: number;
  /** Whether the rows are there that this one names. */
  isWhole: boolean;
  place: string[];
}

const row = z.object({
  repository: z.string(),
  detail: z.string(),
  size_bytes: z.number(),
  is_whole: z.number(),
  place: z.string(),
});

/** Rows after `after` (the key of the last one seen; empty: from the start), in the order of their keys. */
export async function listCheckedRows(
  db: D1Database,
  what: CheckedRows,
  after: readonly string[],
  limit: number,
): Promise<CheckedRow[]> {
  const { results } = await primary(db)
    .prepare(checkQuery(what))
    .bind(...checked[what].key.map((_, i) => after[i] ?? ""), limit)
    .all();
  return z
    .array(row)
    .parse(results)
    .map((found) => ({
      repository: found.repository,
      detail: found.detail,
      sizeBytes: found.size_bytes,
      isWhole: found.is_whole === 1,
      place: z.array(z.string()).parse(JSON.parse(found.place)),
    }));
}

/** What `listCheckedRows` asks. */
export function checkQuery(what: CheckedRows): string {
  const { key, columns, table } = checked[what];
  const keys = key.join(", ");
  return `SELECT repository, ${columns}, json_array(${keys}) AS place FROM ${table}
    WHERE (${keys}) > (${key.map(() => "?").join(", ")}) ORDER BY ${keys} LIMIT ?`;
}

/** Those of these manifests that their repository does not have. */
export async function listMissingManifests<Asked extends { repository: string; digest: string }>(
  db: D1Database,
  asked: readonly Asked[],
): Promise<Asked[]> {
  if (asked.length === 0) return [];
  const { results } = await primary(db)
    .prepare(
      `SELECT asked.key AS place FROM json_each(?) AS asked WHERE NOT EXISTS (
         SELECT 1 FROM oci_manifest WHERE repository = asked.value ->> 'repository' AND digest = asked.value ->> 'digest')`,
    )
    .bind(JSON.stringify(asked.map(({ repository, digest }) => ({ repository, digest }))))
    .all();
  const missing = new Set(
    z
      .array(z.object({ place: z.number() }))
      .parse(results)
      .map(({ place }) => place),
  );
  return asked.filter((_, place) => missing.has(place));
}

/** Versions of a name whose manifest their repository does not have are without one from now on. */
export async function forgetLostManifests(db: D1Database, kind: ArtifactKind, name: string): Promise<void> {
  await primary(db)
    .prepare(
      `UPDATE artifact_version SET manifest_digest = NULL
       WHERE kind = ?1 AND name = ?2 AND manifest_digest IS NOT NULL AND NOT EXISTS (
         SELECT 1 FROM oci_manifest WHERE repository = ?3 AND digest = artifact_version.manifest_digest)`,
    )
    .bind(kind, name, repositoryOf(kind, name))
    .run();
}
