import type { TokenRow } from "../../bindings/d1/access/token-row.ts";
import type { AccessToken } from "../../contract/access/token.ts";
import type { Failure } from "../../contract/failure.ts";
import { tokenState } from "../../domain/access/token-state.ts";
import { type Result, refusal } from "../../domain/result.ts";

/** A token as its row tells it at a time. */
export function tokenAnswer(row: TokenRow, now: Date): AccessToken {
  const { publisher: _, ...told } = row;
  return { ...told, state: tokenState(row, now) };
}

/** There is no token of this id. */
export function tokenNotFound(id: string): Result<never, Failure> {
  const message = `there is no token ${id}; GET /v1/tokens?all=true lists those that there are and were`;
  return refusal({ code: "TOKEN_NOT_FOUND", message });
}
