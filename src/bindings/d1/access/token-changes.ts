import { z } from "zod";
import { primary } from "../primary.ts";
import { type NewToken, tokenInsertion } from "./token-row.ts";

/** Tokens that people asked for and that live at a time: those that were given for signed identities end by themselves, and share names. */
function liveAt(time: string): string {
  return `(SELECT id, name FROM access_token
    WHERE publisher IS NULL AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ${time}))`;
}

/** The same at the time when a token is written: its own `created_at`. */
const liveThen = liveAt("?9");

/** Writes a token, unless a live one has its name or there are as many as may be: that is decided as it is written. */
export async function insertTokenIfFree(db: D1Database, token: NewToken, most: number): Promise<boolean> {
  const where = `WHERE NOT EXISTS (SELECT 1 FROM ${liveThen} WHERE name = ?2)
    AND (SELECT count(*) FROM ${liveThen}) < CAST(?12 AS INTEGER)`;
  const { meta } = await tokenInsertion(db, token, where, [String(most)]).run();
  return meta.changes === 1;
}

/** Whether a token with this name is live. */
export async function isNameTaken(db: D1Database, name: string, now: string): Promise<boolean> {
  const found = await primary(db)
    .prepare(`SELECT 1 FROM ${liveAt("?2")} WHERE name = ?1 LIMIT 1`)
    .bind(name, now)
    .first();
  return found !== null;
}

/** When the one before ends: at a time; or now, by whom. */
export type TokenEnd = { expiresAt: string } | { revokedAt: string; by: string };

/**
 * Writes a token in another's place, which ends as is said; all or nothing. False: that one is not live any more, or has been replaced already.
 */
export async function replaceToken(db: D1Database, before: string, token: NewToken, end: TokenEnd): Promise<boolean> {
  const where = `WHERE EXISTS (SELECT 1 FROM ${liveThen} WHERE id = ?12)
    AND NOT EXISTS (SELECT 1 FROM ${liveThen} WHERE name = ?2 AND id <> ?12)`;
  const wasWritten = "EXISTS (SELECT 1 FROM access_token WHERE id = ?2)";
  const ended =
    "expiresAt" in end
      ? db
          .prepare(
            `UPDATE access_token SET expires_at = min(ifnull(expires_at, ?3), ?3) WHERE id = ?1 AND ${wasWritten}`,
          )
          .bind(before, token.id, end.expiresAt)
      : db
          .prepare(`UPDATE access_token SET revoked_at = ?3, revoked_by = ?4 WHERE id = ?1 AND ${wasWritten}`)
          .bind(before, token.id, end.revokedAt, end.by);
  const [inserted] = await db.batch([tokenInsertion(db, token, where, [before]), ended]);
  return z.object({ changes: z.number() }).parse(inserted?.meta).changes === 1;
}

/** Ends a token; one that is revoked stays as it is. */
export async function revokeTokenRow(db: D1Database, id: string, at: string, by: string): Promise<void> {
  await db
    .prepare("UPDATE access_token SET revoked_at = ?2, revoked_by = ?3 WHERE id = ?1 AND revoked_at IS NULL")
    .bind(id, at, by)
    .run();
}
