import type { Hono } from "hono";
import type { AccessScope } from "../../contract/access/scope.ts";
import type { Whoami } from "../../contract/access/token.ts";
import { getWhoami } from "../../contract/http/tokens.ts";
import { anonymous, type Caller } from "../../domain/access/caller.ts";
import { hasScope } from "../../domain/access/judge-caller.ts";
import { success } from "../../domain/result.ts";
import { answerJson } from "../answers/answer-json.ts";
import { bindRoute } from "../bind-route.ts";
import type { AppEnv } from "../needs.ts";

/** `GET /v1/whoami`. */
export function bindWhoamiRoute(app: Hono<AppEnv>): void {
  bindRoute(app, getWhoami, async ({ needs, caller }) => {
    const answer: Whoami = {
      name: caller.name,
      by: wayOf(caller),
      token_id: caller.tokenId,
      scopes: scopesOf(caller, needs.pages.publicReads),
      names: [...caller.names],
      rate_class: caller.rateClass,
      expires_at: caller.expiresAt,
    };
    return success(answerJson(answer, needs.requestId, 200, { "Cache-Control": "no-store" }));
  });
}

/** What is public is theirs too. */
function scopesOf(caller: Caller, isPublic: boolean): AccessScope[] {
  return isPublic && !hasScope(caller, "read") ? ["read", ...caller.scopes] : [...caller.scopes];
}

/** No token and no e-mail address is called as the registry's own secrets are. */
function wayOf({ name, tokenId }: Caller): Whoami["by"] {
  if (tokenId !== null) return "token";
  if (name === anonymous.name) return "nothing";
  return name === "admin" || name === "runner" ? "secret" : "identity";
}
