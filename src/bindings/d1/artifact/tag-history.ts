import { z } from "zod";
import { type TagMove, tagMove } from "../../../contract/artifact/tag.ts";

const row = tagMove.extend({ id: z.number() });

/** Moves of a tag, newest first, before `beforeId` (null: from the newest). */
export async function loadTagMoves(
  db: D1Database,
  kind: string,
  name: string,
  tag: string,
  beforeId: number | null,
  limit: number,
): Promise<(TagMove & { id: number })[]> {
  const { results } = await db
    .prepare(
      `SELECT id, tag, from_version, to_version, moved_at, moved_by, reason FROM tag_move
       WHERE kind = ? AND name = ? AND tag = ? AND id < ? ORDER BY id DESC LIMIT ?`,
    )
    .bind(kind, name, tag, beforeId ?? Number.MAX_SAFE_INTEGER, limit)
    .all();
  return z.array(row).parse(results);
}
