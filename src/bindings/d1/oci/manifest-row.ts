import { z } from "zod";
import type { AuditAct } from "../../../contract/access/audit.ts";
import { auditWhere } from "../access/audit-entry.ts";
import { primary } from "../primary.ts";

/** What a manifest is served by, without its bytes. */
export interface ManifestRow {
  digest: string;
  mediaType: string;
  sizeBytes: number;
}

const row = z.object({ digest: z.string(), media_type: z.string(), size_bytes: z.number() }).transform(
  (found): ManifestRow => ({
    digest: found.digest,
    mediaType: found.media_type,
    sizeBytes: found.size_bytes,
  }),
);

const byDigest = `SELECT digest, media_type, size_bytes FROM oci_manifest WHERE repository = ? AND digest = ?`;

/** The statement that finds a manifest by a tag of `oci_tag`. */
export const manifestByTag = `SELECT m.digest, m.media_type, m.size_bytes FROM oci_tag AS t
  JOIN oci_manifest AS m ON m.repository = t.repository AND m.digest = t.digest
  WHERE t.repository = ? AND t.tag = ?`;

/** The manifest of a plain repository that a tag or digest names; tags have no colon. */
export async function loadManifestRow(
  db: D1Database,
  repository: string,
  reference: string,
): Promise<ManifestRow | null> {
  const query = reference.includes(":") ? byDigest : manifestByTag;
  const found = await primary(db).prepare(query).bind(repository, reference).first();
  return found === null ? null : row.parse(found);
}

/** Reads what `manifestByTag` found; null when nothing. */
export function manifestRowOf(results: unknown): ManifestRow | null {
  return z.array(row).parse(results)[0] ?? null;
}

/** Takes a manifest out of its repository, and its tags with it, in one transaction; the audit log has it. False: it was not there. */
export async function deleteManifestRow(
  db: D1Database,
  repository: string,
  digest: string,
  act: AuditAct,
): Promise<boolean> {
  const session = primary(db);
  const [, , , deleted] = await session.batch([
    auditWhere(session, act, {
      found: "SELECT 1 FROM oci_manifest WHERE repository = ?1 AND digest = ?2",
      repository,
      key: digest,
    }),
    session.prepare("DELETE FROM oci_tag WHERE repository = ? AND digest = ?").bind(repository, digest),
    session.prepare("DELETE FROM oci_reference WHERE repository = ? AND manifest = ?").bind(repository, digest),
    session
      .prepare("DELETE FROM oci_manifest WHERE repository = ? AND digest = ? RETURNING digest")
      .bind(repository, digest),
  ]);
  return (deleted?.results.length ?? 0) > 0;
}
