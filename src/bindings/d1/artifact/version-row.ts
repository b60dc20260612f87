import { z } from "zod";
import { artifactKind } from "../../../contract/artifact/kind.ts";
import { sourceMediaType } from "../../../contract/artifact/published.ts";
import { primary } from "../primary.ts";

/** What D1 knows of a version's bytes and origin. */
export const versionRow = z.object({
  kind: artifactKind,
  name: z.string(),
  version: z.string(),
  state: z.string(),
  digest: z.string(),
  source_digest: z.string(),
  source_media_type: sourceMediaType,
  source_file: z.string().nullable(),
  /** Null where nothing is analysed. */
  analysis_digest: z.string().nullable(),
  /** Null where nothing runs that the document only names. */
  code_digest: z.string().nullable(),
  flattened_digest: z.string(),
  parent_name: z.string().nullable(),
  parent_version: z.string().nullable(),
  parent_digest: z.string().nullable(),
  published_at: z.string(),
  published_by: z.string(),
});
export type VersionRow = z.infer<typeof versionRow>;

const columns = `kind, name, version, state, digest, source_digest, source_media_type, source_file, analysis_digest, code_digest, flattened_digest,
  parent_name, parent_version, parent_digest, published_at, published_by`;

export async function loadVersionRow(
  db: D1Database,
  kind: string,
  name: string,
  version: string,
): Promise<VersionRow | null> {
  const row = await primary(db)
    .prepare(`SELECT ${columns} FROM artifact_version WHERE kind = ? AND name = ? AND version = ?`)
    .bind(kind, name, version)
    .first();
  return row === null ? null : versionRow.parse(row);
}

/** The place of a version in the walk over all versions: by kind, name, version. */
export interface VersionPlace {
  kind: string;
  name: string;
  version: string;
}

/** Versions of all names after `after`, whatever their state, in the order of their places. */
export async function listVersionRows(db: D1Database, after: VersionPlace, limit: number): Promise<VersionRow[]> {
  const { results } = await primary(db)
    .prepare(
      `SELECT ${columns} FROM artifact_version WHERE (kind, name, version) > (?, ?, ?)
       ORDER BY kind, name, version LIMIT ?`,
    )
    .bind(after.kind, after.name, after.version, limit)
    .all();
  return z.array(versionRow).parse(results);
}
