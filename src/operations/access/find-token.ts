import { loadToken } from "../../bindings/d1/access/token-row.ts";
import type { AccessToken } from "../../contract/access/token.ts";
import type { Failure } from "../../contract/failure.ts";
import { type Result, success } from "../../domain/result.ts";
import { tokenAnswer, tokenNotFound } from "./token-answer.ts";

/** One token, without its secret. */
export async function findToken(
  { db, now }: { db: D1Database; now: () => Date },
  id: string,
): Promise<Result<AccessToken, Failure>> {
  const row = await loadToken(db, id);
  return row === null ? tokenNotFound(id) : success(tokenAnswer(row, now()));
}
