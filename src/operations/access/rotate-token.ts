import { replaceToken } from "../../bindings/d1/access/token-changes.ts";
import { loadToken, type TokenRow } from "../../bindings/d1/access/token-row.ts";
import type { CreatedToken } from "../../contract/access/token.ts";
import type { Failure } from "../../contract/failure.ts";
import { tokenState } from "../../domain/access/token-state.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import { makeToken } from "./issue-token.ts";
import { tokenNotFound } from "./token-answer.ts";

/** Makes a token with another's rights, for as long as that was made for; the one before ends after `overlapSeconds`. */
export async function rotateToken(
  { db, now }: { db: D1Database; now: () => Date },
  { id, overlapSeconds, by }: { id: string; overlapSeconds: number; by: string },
): Promise<Result<CreatedToken, Failure>> {
  const before = await loadToken(db, id);
  if (before === null) return tokenNotFound(id);
  const at = now();
  const state = tokenState(before, at);
  if (state !== "live") return conflict(`the token ${id} is ${state}, and cannot be made anew; make another`);
  if (before.publisher !== null) {
    return conflict(`the token ${id} was given for a signed identity; exchange another identity for another token`);
  }
  const { row, created } = makeToken(
    {
      name: before.name,
      scopes: before.scopes,
      names: before.names,
      rateClass: before.rate_class,
      expiresAt: expiryOf(before, at),
      publisher: null,
      by,
    },
    at,
  );
  const end =
    overlapSeconds === 0
      ? { revokedAt: at.toISOString(), by }
      : { expiresAt: new Date(at.getTime() + overlapSeconds * 1000).toISOString() };
  if (await replaceToken(db, id, row, end)) return success(created);
  return conflict(`the token ${id} has been made anew already: another called "${before.name}" is live`);
}

function expiryOf({ created_at, expires_at }: TokenRow, at: Date): string | null {
  if (expires_at === null) return null;
  return new Date(at.getTime() + Date.parse(expires_at) - Date.parse(created_at)).toISOString();
}

function conflict(message: string): Result<never, Failure> {
  return refusal({ code: "STATE_CONFLICT", message });
}
