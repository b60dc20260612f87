import { limits } from "../contract/limits.ts";
import type { OciFailure } from "../contract/oci/failure.ts";
import type { OciHolder, OciTokenAnswer } from "../contract/oci/token.ts";
import { anonymous, type Caller } from "../domain/access/caller.ts";
import { grantScopes, judgeAccess, type OciOpenness, wrongFailure } from "../domain/oci/access-rules.ts";
import { type OciScope, writeScope } from "../domain/oci/access-scope.ts";
import { type Result, refusal, success } from "../domain/result.ts";
import type { OciAction } from "../http/needs.ts";
import type { AuthoriseNeeds } from "./authorise.ts";
import { findCredentials, ociTokensOf, readAuthorization, type SentSecret } from "./oci-credentials.ts";
import { settingsOf } from "./settings.ts";

/** Whether who sent this request may do this at `/v2/`. */
export async function authoriseOci(
  needs: AuthoriseNeeds,
  request: Request,
  asked: { repository: string | null; action: OciAction },
): Promise<Result<Caller, OciFailure>> {
  const sent = readAuthorization(request.headers.get("authorization"));
  const given = await findCredentials(needs, request, sent, new Date());
  const judged = judgeAccess(given, asked, opennessTo(needs.env, request));
  needs.note(judged.ok ? judged.value : "caller" in given ? given.caller : anonymous);
  return judged;
}

/** Grants a token: of what is asked for, that which its holder may have. `login` is what came in a form, instead of the header. */
export async function grantOciToken(
  needs: AuthoriseNeeds,
  request: Request,
  scopes: readonly OciScope[],
  login: string | null,
): Promise<Result<OciTokenAnswer, OciFailure>> {
  const { env } = needs;
  const sent: SentSecret | null | "unreadable" =
    login === null ? readAuthorization(request.headers.get("authorization")) : { secret: login, mayBeGranted: false };
  const now = new Date();
  const given = await findCredentials(needs, request, sent, now);
  if (given.type === "wrong") return refusal(wrongFailure(given));
  if (given.type === "granted") {
    const message = "a token of this endpoint does not give another; send user name and password";
    return refusal({ code: "UNAUTHORIZED", message });
  }
  const caller = given.type === "none" ? anonymous : given.caller;
  needs.note(caller);
  const granted = grantScopes(caller, scopes, opennessTo(env, request));
  const until = Math.floor(now.getTime() / 1000) + limits.ociTokenSeconds;
  const token = ociTokensOf(env).write({ ...holderOf(caller), scopes: granted.map(writeScope), until });
  return success({
    token,
    access_token: token,
    expires_in: limits.ociTokenSeconds,
    issued_at: now.toISOString(),
  });
}

/** What a token says of who has it: whoever has an access token is looked up again each time. */
function holderOf({ name, tokenId }: Caller): { who: OciHolder; token_id?: string } {
  if (tokenId !== null) return { who: "token", token_id: tokenId };
  return { who: name === "admin" || name === "runner" ? name : "anonymous" };
}

function opennessTo(env: Env, request: Request): OciOpenness {
  const { PUBLIC_READS, ANONYMOUS_PUSH } = settingsOf(env);
  return { publicReads: PUBLIC_READS, anonymousPush: ANONYMOUS_PUSH && isFromThisMachine(request) };
}

/**
 * Whether a program on this machine asks by one of its own names. A web page open in a browser can ask as well; but then the request
 * has an `Origin`, or (DNS rebinding) another host.
 */
function isFromThisMachine(request: Request): boolean {
  const { hostname } = new URL(request.url);
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname) && !request.headers.has("origin");
}
