import { insertTokenIfFree, isNameTaken } from "../../bindings/d1/access/token-changes.ts";
import type { CreatedToken, TokenRequest } from "../../contract/access/token.ts";
import type { Failure } from "../../contract/failure.ts";
import { limits } from "../../contract/limits.ts";
import { areOfAllNames } from "../../domain/access/matches-name.ts";
import { isReservedName, reservedNameMessage } from "../../domain/access/token-name.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import { makeToken } from "./issue-token.ts";

/** Makes an access token as an admin asks for it. Names of live tokens are unique, since histories and approvals go by them. */
export async function createToken(
  { db, now }: { db: D1Database; now: () => Date },
  request: TokenRequest,
  by: string,
): Promise<Result<CreatedToken, Failure>> {
  const refused = judgeRequest(request);
  if (refused !== null) return refusal(refused);
  const at = now();
  const { name, scopes, names, rate_class: rateClass, expires_in_seconds: seconds } = request;
  const { row, created } = makeToken(
    {
      name,
      scopes: [...new Set(scopes)],
      names: [...new Set(names)],
      rateClass,
      expiresAt: seconds === null ? null : new Date(at.getTime() + seconds * 1000).toISOString(),
      publisher: null,
      by,
    },
    at,
  );
  if (await insertTokenIfFree(db, row, limits.tokens)) return success(created);
  return refusal((await isNameTaken(db, name, row.created_at)) ? nameTaken(name) : tooMany);
}

function judgeRequest({ name, scopes, names }: TokenRequest): Failure | null {
  if (isReservedName(name)) return { code: "INVALID_REQUEST", message: reservedNameMessage(name) };
  const wide = scopes.find((scope) => scope === "admin" || scope === "runner");
  if (wide === undefined || areOfAllNames(names)) return null;
  const message = `a token with the scope ${wide} is for every name, and this is asked for with ${names.join(", ")}; leave names out, or ask for other scopes`;
  return { code: "INVALID_REQUEST", message };
}

function nameTaken(name: string): Failure {
  const message = `a token called "${name}" is live already; choose another name, or make that one anew (POST /v1/tokens/{token_id}:rotate) or revoke it`;
  return { code: "STATE_CONFLICT", message };
}

const tooMany: Failure = {
  code: "LIMIT_REACHED",
  message: `there are ${limits.tokens} live tokens, as many as there may be; revoke some that are not used (GET /v1/tokens tells when each was)`,
};
