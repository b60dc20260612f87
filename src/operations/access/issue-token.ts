import { insertToken, type NewToken } from "../../bindings/d1/access/token-row.ts";
import type { AccessScope } from "../../contract/access/scope.ts";
import { type CreatedToken, type RateClass, tokenPrefix } from "../../contract/access/token.ts";
import { tokenDigest } from "../../domain/access/token-digest.ts";

/** A token that someone is to get. */
export interface TokenWish {
  name: string;
  scopes: readonly AccessScope[];
  names: readonly string[];
  rateClass: RateClass;
  /** Null: it never expires. */
  expiresAt: string | null;
  /** The trusted publisher that it is given for; null: a person asked for it. */
  publisher: string | null;
  by: string;
}

/** Makes an access token. The answer is the only place where its secret ever is. */
export async function issueToken(needs: { db: D1Database; now: () => Date }, wish: TokenWish): Promise<CreatedToken> {
  const made = makeToken(wish, needs.now());
  await insertToken(needs.db, made.row);
  return made.created;
}

/** A token that is in no table yet: its row, and what its holder is told. */
export function makeToken(wish: TokenWish, now: Date): { row: NewToken; created: CreatedToken } {
  const token = `${tokenPrefix}${randomHex(24)}`;
  const told = {
    id: `tok_${randomHex(8)}`,
    name: wish.name,
    // Enough to tell tokens apart, and nothing that helps to guess one.
    hint: token.slice(0, 8),
    scopes: [...wish.scopes],
    names: [...wish.names],
    rate_class: wish.rateClass,
    created_at: now.toISOString(),
    created_by: wish.by,
    expires_at: wish.expiresAt === null ? null : new Date(wish.expiresAt).toISOString(),
  };
  return {
    row: { ...told, publisher: wish.publisher, digest: tokenDigest(token) },
    created: { ...told, state: "live", last_used_at: null, revoked_at: null, revoked_by: null, token },
  };
}

function randomHex(bytes: number): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) => byte.toString(16).padStart(2, "0")).join(
    "",
  );
}
