import { loadToken, loadTokenByDigest, noteTokenUse, type TokenRow } from "../../bindings/d1/access/token-row.ts";
import type { Caller } from "../../domain/access/caller.ts";
import { tokenDigest } from "../../domain/access/token-digest.ts";
import { tokenState } from "../../domain/access/token-state.ts";
import type { TokenMemory } from "./token-memory.ts";

export interface FindCallerNeeds {
  db: D1Database;
  memory: TokenMemory;
  later: (work: Promise<unknown>) => void;
  now: () => Date;
}

/** Who came with an access token, or why it is good no more. */
export type FoundCaller =
  | { state: "live"; caller: Caller }
  | { state: "expired" | "revoked"; name: string; at: string }
  | { state: "unknown" };

/** Whose token a secret is. */
export function findCaller(needs: FindCallerNeeds, secret: string): Promise<FoundCaller> {
  const digest = tokenDigest(secret);
  return find(needs, digest, () => loadTokenByDigest(needs.db, digest));
}

/** Whose token has this id: for what was granted to it. */
export function findCallerById(needs: FindCallerNeeds, id: string): Promise<FoundCaller> {
  return find(needs, id, () => loadToken(needs.db, id));
}

async function find(needs: FindCallerNeeds, key: string, load: () => Promise<TokenRow | null>): Promise<FoundCaller> {
  const now = needs.now();
  const remembered = needs.memory.find(key, now.getTime());
  const row = remembered === null ? await load() : remembered.row;
  if (remembered === null) {
    needs.memory.keep(key, { row, askedAt: now.getTime() });
    if (row !== null) noteUse(needs, row, now);
  }
  return row === null ? { state: "unknown" } : foundOf(row, now);
}

/** What is remembered for seconds writes at most once a minute, and nobody waits for it. */
function noteUse({ db, later }: FindCallerNeeds, row: TokenRow, now: Date): void {
  const minute = `${now.toISOString().slice(0, 16)}:00.000Z`;
  if (tokenState(row, now) !== "live" || (row.last_used_at ?? "") >= minute) return;
  // It is a kindness to whoever tidies tokens up: when it fails, the next use tries again.
  later(noteTokenUse(db, row.id, minute).catch(() => undefined));
}

function foundOf(row: TokenRow, now: Date): FoundCaller {
  const state = tokenState(row, now);
  if (state !== "live") {
    const at = (state === "revoked" ? row.revoked_at : row.expires_at) ?? "";
    return { state, name: row.name, at };
  }
  const { id, name, scopes, names, rate_class, expires_at } = row;
  return { state, caller: { name, tokenId: id, scopes, names, rateClass: rate_class, expiresAt: expires_at } };
}
