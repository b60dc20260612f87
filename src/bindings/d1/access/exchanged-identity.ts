import { z } from "zod";
import { primary } from "../primary.ts";

/** Takes an identity for a publisher: true for the first who does, so that nobody who overhears one can use it again. */
export async function takeIdentity(
  db: D1Database,
  identity: { digest: string; expiresAt: string },
  publisher: { id: string; usedAt: string },
): Promise<boolean> {
  const session = primary(db);
  const [taken] = await session.batch([
    session
      .prepare("INSERT INTO exchanged_identity (digest, expires_at) VALUES (?, ?) ON CONFLICT (digest) DO NOTHING")
      .bind(identity.digest, identity.expiresAt),
    session
      .prepare("UPDATE trusted_publisher SET last_used_at = max(ifnull(last_used_at, ?2), ?2) WHERE id = ?1")
      .bind(publisher.id, publisher.usedAt),
  ]);
  return z.object({ changes: z.number() }).parse(taken?.meta).changes === 1;
}

/** Forgets identities that have expired, and tokens given for such that ended before `tokensBefore`. Answers how many rows. */
export async function forgetExpired(db: D1Database, now: string, tokensBefore: string, most: number): Promise<number> {
  const session = primary(db);
  const done = await session.batch([
    session
      .prepare(
        `DELETE FROM exchanged_identity WHERE digest IN
           (SELECT digest FROM exchanged_identity WHERE expires_at < ? ORDER BY expires_at LIMIT ?)`,
      )
      .bind(now, most),
    session
      .prepare(
        `DELETE FROM access_token WHERE id IN
           (SELECT id FROM access_token WHERE publisher IS NOT NULL AND expires_at < ? ORDER BY expires_at LIMIT ?)`,
      )
      .bind(tokensBefore, most),
  ]);
  const counts = z.array(z.object({ meta: z.object({ changes: z.number() }) })).parse(done);
  return counts.reduce((sum, { meta }) => sum + meta.changes, 0);
}
