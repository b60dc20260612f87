import { z } from "zod";
import { primary } from "../primary.ts";
import { type TokenRow, tokenColumns, tokenRow } from "./token-row.ts";

/** A place in the list of tokens: after this one. */
export type TokenPlace = Pick<TokenRow, "created_at" | "id">;

/** Tokens, newest first, at most `limit`, after a place; without `all`, only those that are good at `now`. */
export async function listTokenRows(
  db: D1Database,
  { all, after, limit, now }: { all: boolean; after: TokenPlace | null; limit: number; now: string },
): Promise<TokenRow[]> {
  const { results } = await primary(db)
    .prepare(
      `SELECT ${tokenColumns} FROM access_token
       WHERE (?1 OR (revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ?2)))
         AND (?3 IS NULL OR (created_at, id) < (?3, ?4))
       ORDER BY created_at DESC, id DESC LIMIT ?5`,
    )
    .bind(all ? 1 : 0, now, after?.created_at ?? null, after?.id ?? null, limit)
    .all();
  return z.array(tokenRow).parse(results);
}
