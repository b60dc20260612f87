import { z } from "zod";
import type { AuditAct } from "../../../contract/access/audit.ts";
import type { TypedRepository } from "../../../domain/oci/repository-kind.ts";
import { auditWhere } from "../access/audit-entry.ts";
import { primary } from "../primary.ts";

const rows = z.array(z.object({ tag: z.string() }));

/** A part of a list: what comes after `last`, at most `limit`. */
export interface Slice {
  last: string;
  limit: number;
}

/** The statement that sets tags of a plain repository on a manifest. */
export function setTags(
  session: D1DatabaseSession,
  set: { repository: string; tags: readonly string[]; digest: string; at: string; by: string },
): D1PreparedStatement {
  return session
    .prepare(
      `INSERT INTO oci_tag (repository, tag, digest, moved_at, moved_by) SELECT ?1, value, ?2, ?3, ?4 FROM json_each(?5) WHERE true
       ON CONFLICT (repository, tag) DO UPDATE SET
         digest = excluded.digest, moved_at = excluded.moved_at, moved_by = excluded.moved_by
       WHERE digest <> excluded.digest`,
    )
    .bind(set.repository, set.digest, set.at, set.by, JSON.stringify(set.tags));
}

/** Takes a tag off; what it pointed at stays. The audit log has it. False: there was none. */
export async function deleteTagRow(db: D1Database, repository: string, tag: string, act: AuditAct): Promise<boolean> {
  const session = primary(db);
  const found = "SELECT 1 FROM oci_tag WHERE repository = ?1 AND tag = ?2";
  const [, deleted] = await session.batch([
    auditWhere(session, act, { found, repository, key: tag }),
    session.prepare("DELETE FROM oci_tag WHERE repository = ? AND tag = ? RETURNING tag").bind(repository, tag),
  ]);
  return (deleted?.results.length ?? 0) > 0;
}

/** Tags of a plain repository, in the order of their bytes. */
export async function listTagRows(db: D1Database, repository: string, { last, limit }: Slice): Promise<string[]> {
  const { results } = await primary(db)
    .prepare("SELECT tag FROM oci_tag WHERE repository = ? AND tag > ? ORDER BY tag LIMIT ?")
    .bind(repository, last, limit)
    .all();
  return rows.parse(results).map((row) => row.tag);
}

/** All that can stand where a tag stands in an artifact's repository: its versions, its tags, and those that registered nothing. */
export async function listArtifactTags(
  db: D1Database,
  repository: string,
  { kind, name }: TypedRepository,
  { last, limit }: Slice,
): Promise<string[]> {
  const { results } = await primary(db)
    .prepare(
      `SELECT tag FROM oci_tag WHERE repository = ?1 AND tag > ?4
       UNION SELECT version FROM artifact_version
         WHERE kind = ?2 AND name = ?3 AND version > ?4 AND state <> 'deleted'
       UNION SELECT t.tag FROM tag AS t
         JOIN artifact_version AS v ON v.kind = t.kind AND v.name = t.name AND v.version = t.version
         WHERE t.kind = ?2 AND t.name = ?3 AND t.tag > ?4 AND v.state IN ('live', 'deprecated')
       ORDER BY 1 LIMIT ?5`,
    )
    .bind(repository, kind, name, last, limit)
    .all();
  return rows.parse(results).map((row) => row.tag);
}
