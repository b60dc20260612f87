import { loadVersionRow, type VersionRow } from "../../bindings/d1/artifact/version-row.ts";
import { readBlob } from "../../bindings/r2/blob-store.ts";
import type { ArtifactKind } from "../../contract/artifact/kind.ts";
import type { PublishedDocument } from "../../contract/artifact/published.ts";
import { publishedDocument } from "../../contract/artifact/published.ts";

/** A version from the truth: its row in D1, its flattened document in R2. Null when there is no such version, or it is deleted. */
export async function loadPublished(
  db: D1Database,
  blobs: R2Bucket,
  kind: ArtifactKind,
  name: string,
  version: string,
): Promise<PublishedDocument | null> {
  const row = await loadVersionRow(db, kind, name, version);
  return row === null || row.state === "deleted" ? null : publishedOf(blobs, row);
}

/** Null when R2 has lost the bytes: `admin verify` reports it. */
export async function publishedOf(blobs: R2Bucket, row: VersionRow): Promise<PublishedDocument | null> {
  const bytes = await readBlob(blobs, row.flattened_digest);
  if (bytes === null) return null;
  const parent = { name: row.parent_name, version: row.parent_version, digest: row.parent_digest };
  return publishedDocument.parse({
    kind: row.kind,
    name: row.name,
    version: row.version,
    digest: row.digest,
    source_digest: row.source_digest,
    source_media_type: row.source_media_type,
    source_file: row.source_file,
    published_at: row.published_at,
    published_by: row.published_by,
    extends: parent.name === null ? null : parent,
    document: JSON.parse(new TextDecoder().decode(bytes)),
  });
}
