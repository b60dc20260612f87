import type { Failure } from "../contract/failure.ts";
import type { Caller } from "../domain/access/caller.ts";
import { type Result, refusal, success } from "../domain/result.ts";
import { counters } from "../operations/metrics/counters.ts";
import { findIdentity } from "./find-identity.ts";
import { type AskerNeeds, badSecretMessage, findSecret } from "./find-secret.ts";
import { guessingMessage, guessingWaitSeconds, isGuessing } from "./limit-guessing.ts";

/** Who sent a request, by its token or by Cloudflare Access. Null: it says nothing of that. What it says and is not true is refused. */
export async function identify(
  needs: AskerNeeds,
  request: Request,
  now: Date,
): Promise<Result<Caller | null, Failure>> {
  const authorization = request.headers.get("authorization");
  if (authorization === null) return (await findIdentity(needs.env, request, now)) ?? success(null);
  const secret = /^bearer +(\S+) *$/i.exec(authorization)?.[1];
  if (secret === undefined) {
    const message = "the Authorization header is not `Bearer` and a token: send `Authorization: Bearer …`";
    return refusal({ code: "UNAUTHENTICATED", message });
  }
  const found = await findSecret(needs, secret, now);
  counters.tokenChecks.add(found.state);
  if (found.state === "live") return success(found.caller);
  if (found.state === "unknown" && (await isGuessing(needs.env, request))) {
    counters.rateLimited.add("wrong_token");
    return refusal({ code: "RATE_LIMITED", message: guessingMessage, retryAfterSeconds: guessingWaitSeconds });
  }
  return refusal({ code: "UNAUTHENTICATED", message: badSecretMessage(found, "the token") });
}
