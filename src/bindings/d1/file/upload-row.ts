import { z } from "zod";
import { primary } from "../primary.ts";

const uploadRow = z.object({
  id: z.string(),
  digest: z.string(),
  size_bytes: z.number(),
  media_type: z.string().nullable(),
  name: z.string().nullable(),
  r2_upload_id: z.string(),
  state: z.enum(["open", "complete", "abandoned"]),
  created_at: z.string(),
  created_by: z.string(),
  expires_at: z.string(),
});
export type UploadRow = z.infer<typeof uploadRow>;

const partRow = z.object({ part: z.number(), etag: z.string() });
export type UploadPart = z.infer<typeof partRow>;

/** An upload and the parts that have arrived, in order. */
export interface LoadedUpload {
  row: UploadRow;
  parts: UploadPart[];
}

const columns = "id, digest, size_bytes, media_type, name, r2_upload_id, state, created_at, created_by, expires_at";
const partsQuery = "SELECT part, etag FROM upload_part WHERE upload_id = ? ORDER BY part";

export async function insertUpload(db: D1Database, row: UploadRow): Promise<void> {
  await primary(db)
    .prepare(`INSERT INTO upload (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
    .bind(
      row.id,
      row.digest,
      row.size_bytes,
      row.media_type,
      row.name,
      row.r2_upload_id,
      row.state,
      row.created_at,
      row.created_by,
      row.expires_at,
    )
    .run();
}

export async function loadUpload(db: D1Database, id: string): Promise<LoadedUpload | null> {
  const session = primary(db);
  const [row, parts] = await session.batch([
    session.prepare(`SELECT ${columns} FROM upload WHERE id = ?`).bind(id),
    session.prepare(partsQuery).bind(id),
  ]);
  const [found] = z.array(uploadRow).parse(row?.results);
  return found === undefined ? null : { row: found, parts: z.array(partRow).parse(parts?.results) };
}

/** Notes a part that R2 has, in place of an earlier one; answers all parts. */
export async function notePart(
  db: D1Database,
  id: string,
  part: UploadPart & { sizeBytes: number },
): Promise<UploadPart[]> {
  const session = primary(db);
  const [, parts] = await session.batch([
    session
      .prepare(
        `INSERT INTO upload_part (upload_id, part, etag, size_bytes)
         SELECT ?1, ?2, ?3, ?4 WHERE EXISTS (SELECT 1 FROM upload WHERE id = ?1 AND state = 'open')
         ON CONFLICT (upload_id, part) DO UPDATE SET etag = excluded.etag, size_bytes = excluded.size_bytes`,
      )
      .bind(id, part.part, part.etag, part.sizeBytes),
    session.prepare(partsQuery).bind(id),
  ]);
  return z.array(partRow).parse(parts?.results);
}

/** The parts have to be sent again. */
export async function forgetParts(db: D1Database, id: string): Promise<void> {
  await primary(db).prepare("DELETE FROM upload_part WHERE upload_id = ?").bind(id).run();
}

/** Ends an upload that is open; one that has ended stays as it is. */
export async function endUpload(db: D1Database, id: string, state: "complete" | "abandoned"): Promise<void> {
  await primary(db).prepare("UPDATE upload SET state = ? WHERE id = ? AND state = 'open'").bind(state, id).run();
}

/** Uploads, however they ended, that expired before `before`. */
export async function listExpiredUploads(db: D1Database, before: Date, most: number): Promise<UploadRow[]> {
  const { results } = await primary(db)
    .prepare(
      `SELECT ${columns} FROM upload WHERE state IN ('open', 'complete', 'abandoned') AND expires_at < ?
       ORDER BY expires_at LIMIT ?`,
    )
    .bind(before.toISOString(), most)
    .all();
  return z.array(uploadRow).parse(results);
}

export async function deleteUpload(db: D1Database, id: string): Promise<void> {
  const session = primary(db);
  await session.batch([
    session.prepare("DELETE FROM upload_part WHERE upload_id = ?").bind(id),
    session.prepare("DELETE FROM upload WHERE id = ?").bind(id),
  ]);
}
