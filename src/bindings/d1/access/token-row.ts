import { z } from "zod";
import { namePatterns } from "../../../contract/access/name-pattern.ts";
import { accessScope } from "../../../contract/access/scope.ts";
import { rateClass } from "../../../contract/access/token.ts";
import { primary } from "../primary.ts";
import { jsonColumn } from "../run/run-row.ts";

/** An access token as D1 has it, its secret's digest left out. */
export const tokenRow = z.object({
  id: z.string(),
  name: z.string(),
  hint: z.string(),
  scopes: jsonColumn(z.array(accessScope)),
  names: jsonColumn(namePatterns),
  rate_class: rateClass,
  /** The trusted publisher that it was given for. */
  publisher: z.string().nullable(),
  created_at: z.string(),
  created_by: z.string(),
  expires_at: z.string().nullable(),
  last_used_at: z.string().nullable(),
  revoked_at: z.string().nullable(),
  revoked_by: z.string().nullable(),
});
export type TokenRow = z.infer<typeof tokenRow>;

/** A row on its way into D1. */
export type NewToken = Omit<TokenRow, "last_used_at" | "revoked_at" | "revoked_by"> & { digest: string };

export const tokenColumns =
  "id, name, hint, scopes, names, rate_class, publisher, created_at, created_by, expires_at, last_used_at, revoked_at, revoked_by";
const insertion = `INSERT INTO access_token
  (id, name, digest, hint, scopes, names, rate_class, publisher, created_at, created_by, expires_at)
  SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11`;

/** Writes a token, whatever others there are. */
export async function insertToken(db: D1Database, token: NewToken): Promise<void> {
  await tokenInsertion(db, token).run();
}

/** The statement of it; `where` may say when, with more values from ?12 on. */
export function tokenInsertion(
  db: D1Database,
  token: NewToken,
  where = "",
  more: readonly string[] = [],
): D1PreparedStatement {
  return db
    .prepare(`${insertion} ${where}`)
    .bind(
      token.id,
      token.name,
      token.digest,
      token.hint,
      JSON.stringify(token.scopes),
      JSON.stringify(token.names),
      token.rate_class,
      token.publisher,
      token.created_at,
      token.created_by,
      token.expires_at,
      ...more,
    );
}

/** The token with this id; null: there is none. */
export async function loadToken(db: D1Database, id: string): Promise<TokenRow | null> {
  const row = await primary(db).prepare(`SELECT ${tokenColumns} FROM access_token WHERE id = ?`).bind(id).first();
  return row === null ? null : tokenRow.parse(row);
}

/** The token whose secret has this digest; null: there is none. */
export async function loadTokenByDigest(db: D1Database, digest: string): Promise<TokenRow | null> {
  const row = await primary(db)
    .prepare(`SELECT ${tokenColumns} FROM access_token WHERE digest = ?`)
    .bind(digest)
    .first();
  return row === null ? null : tokenRow.parse(row);
}

/** Notes that a token was used, to the minute. Never goes back. */
export async function noteTokenUse(db: D1Database, id: string, at: string): Promise<void> {
  await db
    .prepare("UPDATE access_token SET last_used_at = ?2 WHERE id = ?1 AND (last_used_at IS NULL OR last_used_at < ?2)")
    .bind(id, at)
    .run();
}
