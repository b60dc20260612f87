import type { Manifest } from "../../../domain/oci/manifest-facts.ts";
import { rowAnnotations } from "../../../domain/oci/row-annotations.ts";

/** A manifest on its way into a repository. */
export interface NewManifest {
  repository: string;
  manifest: Omit<Manifest, "bytes">;
  /** The artifact's version that it packages; null in a plain repository. */
  version: string | null;
  at: string;
  by: string;
}

/**
 * The statements that make a manifest part of a repository, for a transaction of whoever has checked it: the repository's own row, the
 * manifest, and what it refers to. The same again changes nothing but when it was pushed. Its size does not change their number.
 */
export function manifestStatements(session: D1DatabaseSession, put: NewManifest): D1PreparedStatement[] {
  const { repository, manifest, version, at, by } = put;
  const referred = [...new Set([...manifest.blobs.map((blob) => blob.digest), ...manifest.manifests])];
  return [
    session
      .prepare("INSERT INTO oci_repository (repository, created_at) VALUES (?, ?) ON CONFLICT DO NOTHING")
      .bind(repository, at),
    session
      .prepare(
        `INSERT INTO oci_manifest (repository, digest, media_type, size_bytes, artifact_type, subject, annotations, version, pushed_at, pushed_by)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (repository, digest) DO UPDATE SET
           media_type = excluded.media_type, version = coalesce(excluded.version, version),
           pushed_at = excluded.pushed_at, pushed_by = excluded.pushed_by`,
      )
      .bind(
        repository,
        manifest.digest,
        manifest.mediaType,
        manifest.sizeBytes,
        manifest.artifactType,
        manifest.subject,
        rowAnnotations(manifest.annotations),
        version,
        at,
        by,
      ),
    session
      .prepare(
        `INSERT INTO oci_reference (repository, digest, manifest) SELECT ?1, value, ?2 FROM json_each(?3) WHERE true
         ON CONFLICT DO NOTHING`,
      )
      .bind(repository, manifest.digest, JSON.stringify(referred)),
  ];
}

/**
 * The statements that make an artifact's manifest the one that its version answers with; its blobs become the repository's too. `over`: which
 * versions take it, any or only those without one.
 */
export function packageStatements(
  session: D1DatabaseSession,
  artifact: { kind: string; name: string },
  put: NewManifest & { version: string },
  over: "any" | "none",
): D1PreparedStatement[] {
  return [
    ...manifestStatements(session, put),
    session
      .prepare(
        `INSERT INTO oci_blob (repository, digest, size_bytes, touched_at)
         SELECT ?1, value ->> 'digest', value ->> 'sizeBytes', ?2 FROM json_each(?3) WHERE true
         ON CONFLICT (repository, digest) DO UPDATE SET touched_at = max(touched_at, excluded.touched_at)`,
      )
      .bind(put.repository, put.at, JSON.stringify(put.manifest.blobs)),
    session
      .prepare(
        `UPDATE artifact_version SET manifest_digest = ? WHERE kind = ? AND name = ? AND version = ? AND state <> 'deleted'
         ${over === "none" ? "AND manifest_digest IS NULL" : ""}`,
      )
      .bind(put.manifest.digest, artifact.kind, artifact.name, put.version),
  ];
}

/** The statements that take all manifests of a version out of its repository: what they refer to is then no longer needed by them. */
export function unpackageStatements(
  session: D1DatabaseSession,
  repository: string,
  version: string,
): D1PreparedStatement[] {
  const packaged = "SELECT digest FROM oci_manifest WHERE repository = ?1 AND version = ?2";
  return [
    `DELETE FROM oci_reference WHERE repository = ?1 AND manifest IN (${packaged})`,
    `DELETE FROM oci_tag WHERE repository = ?1 AND digest IN (${packaged})`,
    "DELETE FROM oci_manifest WHERE repository = ?1 AND version = ?2",
  ].map((statement) => session.prepare(statement).bind(repository, version));
}
