import { z } from "zod";
import { primary } from "../primary.ts";

const row = z.object({ media_type: z.string(), created_at: z.string() });

/**
 * What D1 knows of bytes that are named by something else than a file: large data of an entity, archived events of a run, the source
 * of a version, and what runs of it. Null when nothing names them.
 */
export async function loadNamedBlob(
  db: D1Database,
  digest: string,
): Promise<{ mediaType: string; createdAt: string } | null> {
  const found = await primary(db)
    .prepare(
      `SELECT 'application/json' AS media_type, created_at FROM entity WHERE data_digest = ?1
       UNION ALL SELECT 'application/x-ndjson', created_at FROM run WHERE events_digest = ?1
       UNION ALL SELECT source_media_type, published_at FROM artifact_version
         WHERE source_digest = ?1 AND state <> 'deleted'
       UNION ALL SELECT iif(source_media_type = 'text/x-python', 'text/x-python', 'text/javascript'), published_at
         FROM artifact_version WHERE code_digest = ?1 AND state <> 'deleted'
       LIMIT 1`,
    )
    .bind(digest)
    .first();
  if (found === null) return null;
  const { media_type: mediaType, created_at: createdAt } = row.parse(found);
  return { mediaType, createdAt };
}
