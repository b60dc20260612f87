import { z } from "zod";
import type { TypedRepository } from "../../../domain/oci/repository-kind.ts";
import { primary } from "../primary.ts";
import { type ManifestRow, manifestByTag, manifestRowOf } from "./manifest-row.ts";

/** A manifest of an artifact's repository; `deprecated` when it is one of a deprecated version. */
export interface ArtifactManifestRow extends ManifestRow {
  deprecated: { version: string; message: string | null; successor: string | null; sunset: string | null } | null;
}

/** What was found, and whether a version has no manifest yet that it may be. */
export interface SoughtManifest {
  found: ArtifactManifestRow | null;
  mayBeMissing: boolean;
}

const row = z.object({
  digest: z.string().nullable(),
  media_type: z.string().nullable(),
  size_bytes: z.number().nullable(),
  version: z.string().nullable(),
  state: z.string().nullable(),
  state_message: z.string().nullable(),
  successor: z.string().nullable(),
  sunset: z.string().nullable(),
});
const columns = "m.digest, m.media_type, m.size_bytes, v.version, v.state, v.state_message, v.successor, v.sunset";

/** The manifest that a tag names: an exact version, a tag of the artifact, or one that registered nothing (a signature's). */
export async function seekByTag(
  db: D1Database,
  repository: string,
  { kind, name }: TypedRepository,
  tag: string,
): Promise<SoughtManifest> {
  const session = primary(db);
  const [ofVersion, ofTag] = await session.batch([
    session
      .prepare(
        `SELECT ${columns} FROM artifact_version AS v
         LEFT JOIN oci_manifest AS m ON m.repository = ?1 AND m.digest = v.manifest_digest
         WHERE v.kind = ?2 AND v.name = ?3
           AND v.version = coalesce((SELECT version FROM tag WHERE kind = ?2 AND name = ?3 AND tag = ?4), ?4)
           AND (v.state IN ('live', 'deprecated') OR (v.state = 'yanked' AND v.version = ?4))`,
      )
      .bind(repository, kind, name, tag),
    session.prepare(manifestByTag).bind(repository, tag),
  ]);
  const [version] = z.array(row).parse(ofVersion?.results);
  if (version !== undefined) {
    const found = artifactManifestOf(version);
    return { found, mayBeMissing: found === null };
  }
  const tagged = manifestRowOf(ofTag?.results);
  return { found: tagged === null ? null : { ...tagged, deprecated: null }, mayBeMissing: false };
}

/** The manifest of a digest. */
export async function seekByDigest(
  db: D1Database,
  repository: string,
  { kind, name }: TypedRepository,
  digest: string,
): Promise<SoughtManifest> {
  const session = primary(db);
  const [manifests, lacking] = await session.batch([
    session
      .prepare(
        `SELECT ${columns} FROM oci_manifest AS m
         LEFT JOIN artifact_version AS v ON v.kind = ?2 AND v.name = ?3 AND v.version = m.version
         WHERE m.repository = ?1 AND m.digest = ?4`,
      )
      .bind(repository, kind, name, digest),
    session
      .prepare(
        `SELECT 1 FROM artifact_version
         WHERE kind = ? AND name = ? AND manifest_digest IS NULL AND state <> 'deleted' LIMIT 1`,
      )
      .bind(kind, name),
  ]);
  const [manifest] = z.array(row).parse(manifests?.results);
  const found = manifest === undefined ? null : artifactManifestOf(manifest);
  return { found, mayBeMissing: found === null && (lacking?.results.length ?? 0) > 0 };
}

function artifactManifestOf(found: z.infer<typeof row>): ArtifactManifestRow | null {
  const { digest, media_type: mediaType, size_bytes: sizeBytes, version, state } = found;
  if (digest === null || mediaType === null || sizeBytes === null) return null;
  const isDeprecated = version !== null && state === "deprecated";
  const { state_message: message, successor, sunset } = found;
  return { digest, mediaType, sizeBytes, deprecated: isDeprecated ? { version, message, successor, sunset } : null };
}
