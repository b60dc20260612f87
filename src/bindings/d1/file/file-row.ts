import { z } from "zod";
import { type File, file } from "../../../contract/file/file.ts";
import { primary } from "../primary.ts";

const columns = "digest, size_bytes, media_type, name, created_at";
const digestRows = z.array(z.object({ digest: z.string() }));

/** A file that is about to be recorded. */
export interface NewFile {
  digest: string;
  sizeBytes: number;
  mediaType: string;
  name: string | null;
  by: string;
}

export async function loadFile(db: D1Database, digest: string): Promise<File | null> {
  const row = await primary(db).prepare(`SELECT ${columns} FROM file WHERE digest = ?`).bind(digest).first();
  return row === null ? null : file.parse(row);
}

/**
 * Records a file, or notes that it was sent again: what the first sender left open (name, type) is filled in. Null while a sweep
 * removes these very bytes.
 */
export async function recordFileRow(
  db: D1Database,
  sent: NewFile,
  now: Date,
): Promise<{ file: File; isNew: boolean } | null> {
  const at = now.toISOString();
  const row = await primary(db)
    .prepare(
      `INSERT INTO file (digest, size_bytes, media_type, name, created_at, created_by, touched_at)
       SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?5 WHERE NOT EXISTS (SELECT 1 FROM blob_removal WHERE digest = ?1)
       ON CONFLICT (digest) DO UPDATE SET
         touched_at = max(touched_at, excluded.touched_at),
         name = coalesce(name, excluded.name),
         media_type = iif(media_type = 'application/octet-stream', excluded.media_type, media_type)
       RETURNING ${columns}, created_at = ?5 AND created_by = ?6 AS is_new`,
    )
    .bind(sent.digest, sent.sizeBytes, sent.mediaType, sent.name, at, sent.by)
    .first();
  if (row === null) return null;
  return { file: file.parse(row), isNew: z.object({ is_new: z.number() }).parse(row).is_new === 1 };
}

/** The files of these digests that are there and will stay: what a sweep might take soon is touched first. */
export async function holdFiles(db: D1Database, digests: readonly string[]): Promise<File[]> {
  if (digests.length === 0) return [];
  const session = primary(db);
  const list = JSON.stringify(digests);
  const [, held] = await session.batch([
    // A day is far below the age at which a file is swept, and spares most requests the write. D1's own clock: days matter here.
    session
      .prepare(
        `UPDATE file SET touched_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
         WHERE digest IN (SELECT value FROM json_each(?))
           AND touched_at < strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-1 day')`,
      )
      .bind(list),
    session.prepare(`SELECT ${columns} FROM file WHERE digest IN (SELECT value FROM json_each(?))`).bind(list),
  ]);
  return z.array(file).parse(held?.results);
}

/** Forgets files that nobody touched since `before` and no entity names, at most `most`; their bytes are the blob sweep's. Answers how many. */
export async function forgetUnusedFiles(db: D1Database, before: Date, most: number): Promise<number> {
  const { results } = await primary(db)
    .prepare(
      `DELETE FROM file WHERE digest IN (
         SELECT digest FROM file WHERE touched_at < ?
           AND NOT EXISTS (SELECT 1 FROM entity_file WHERE entity_file.digest = file.digest)
         ORDER BY touched_at LIMIT ?
       ) RETURNING digest`,
    )
    .bind(before.toISOString(), most)
    .all();
  return digestRows.parse(results).length;
}
