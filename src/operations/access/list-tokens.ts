import { listTokenRows, type TokenPlace } from "../../bindings/d1/access/token-list.ts";
import type { AccessToken } from "../../contract/access/token.ts";
import { tokenAnswer } from "./token-answer.ts";

/** A page of tokens, newest first, and the place where the next one starts: null after the last. */
export async function listTokens(
  { db, now }: { db: D1Database; now: () => Date },
  { all, after, limit }: { all: boolean; after: TokenPlace | null; limit: number },
): Promise<{ items: AccessToken[]; next: TokenPlace | null }> {
  const at = now();
  const found = await listTokenRows(db, { all, after, limit: limit + 1, now: at.toISOString() });
  const shown = found.slice(0, limit);
  const last = found.length > limit ? shown.at(-1) : undefined;
  return {
    items: shown.map((row) => tokenAnswer(row, at)),
    next: last === undefined ? null : { created_at: last.created_at, id: last.id },
  };
}
