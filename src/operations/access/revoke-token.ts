import { revokeTokenRow } from "../../bindings/d1/access/token-changes.ts";
import type { AccessToken } from "../../contract/access/token.ts";
import type { Failure } from "../../contract/failure.ts";
import type { Result } from "../../domain/result.ts";
import { findToken } from "./find-token.ts";

/** Revokes a token, for good. Twice is the same as once. */
export async function revokeToken(
  needs: { db: D1Database; now: () => Date },
  id: string,
  by: string,
): Promise<Result<AccessToken, Failure>> {
  await revokeTokenRow(needs.db, id, needs.now().toISOString(), by);
  return findToken(needs, id);
}
