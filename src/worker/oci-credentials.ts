import type { OciTokenClaims } from "../contract/oci/token.ts";
import { anonymous, ownCaller } from "../domain/access/caller.ts";
import type { OciCredentials } from "../domain/oci/access-rules.ts";
import { parseScopes } from "../domain/oci/access-scope.ts";
import { createOciTokens, type OciTokens } from "../domain/oci/access-token.ts";
import { type AskerNeeds, badSecretMessage, findSecret, findTokenHolder } from "./find-secret.ts";
import { guessingMessage, guessingWaitSeconds, isGuessing } from "./limit-guessing.ts";

/** What is sent at `/v2/` as `Authorization`, or in the form of the token endpoint: a secret, and whether it may be a token of that endpoint. */
export interface SentSecret {
  secret: string;
  mayBeGranted: boolean;
}

/** Reads `Authorization`. Null: nothing was sent; "unreadable": neither Basic nor Bearer. */
export function readAuthorization(authorization: string | null): SentSecret | null | "unreadable" {
  if (authorization === null) return null;
  const [, scheme = "", value = ""] = /^(basic|bearer) +(\S+) *$/i.exec(authorization) ?? [];
  if (scheme.toLowerCase() === "bearer") return { secret: value, mayBeGranted: true };
  const password = scheme === "" ? null : passwordIn(value);
  return password === null ? "unreadable" : { secret: password, mayBeGranted: false };
}

/** Any user name, and a password after the first colon (RFC 7617). */
function passwordIn(encoded: string): string | null {
  try {
    const bytes = Uint8Array.from(atob(encoded), (char) => char.charCodeAt(0));
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    const colon = text.indexOf(":");
    return colon < 0 ? null : text.slice(colon + 1);
  } catch {
    return null;
  }
}

/** Finds out whose secret was sent. */
export async function findCredentials(
  needs: AskerNeeds,
  request: Request,
  sent: SentSecret | null | "unreadable",
  now: Date,
): Promise<OciCredentials> {
  if (sent === null) return { type: "none" };
  if (sent === "unreadable") {
    return {
      type: "wrong",
      message: "the Authorization header is neither Basic, with user:password, nor Bearer, with a token",
    };
  }
  const claims = sent.mayBeGranted ? ociTokensOf(needs.env).read(sent.secret) : null;
  // Without a secret anyone could sign, so then a token only says what anyone may do.
  if (claims !== null && (claims.who === "anonymous" || secretOf(needs.env) !== ""))
    return readGrant(needs, claims, now);
  const found = await findSecret(needs, sent.secret, now);
  if (found.state === "live") return { type: "known", caller: found.caller };
  const what = sent.mayBeGranted ? "the token" : "the password";
  const message = badSecretMessage(found, what);
  if (found.state !== "unknown") return { type: "wrong", message };
  if (await isGuessing(needs.env, request)) {
    return { type: "wrong", message: guessingMessage, waitSeconds: guessingWaitSeconds };
  }
  return { type: "wrong", message: `${message}; the user name does not matter` };
}

/** What a token of the token endpoint is good for: as long as the access token behind it is, and within what that may do now. */
async function readGrant(needs: AskerNeeds, claims: OciTokenClaims, now: Date): Promise<OciCredentials> {
  if (claims.until * 1000 <= now.getTime()) {
    return { type: "wrong", message: "the token has expired; ask the token endpoint for another" };
  }
  const parsed = parseScopes(claims.scopes);
  const scopes = parsed.ok ? parsed.value : [];
  if (claims.who !== "token") return { type: "granted", caller: ownCallers[claims.who], scopes };
  const found = await findTokenHolder(needs, claims.token_id ?? "", now);
  if (found.state === "live") return { type: "granted", caller: found.caller, scopes };
  return { type: "wrong", message: badSecretMessage(found, "the access token that this one was given for") };
}

const ownCallers = {
  anonymous,
  runner: ownCaller("runner", ["runner"]),
  admin: ownCaller("admin", ["admin"]),
} as const;

let known: { secret: string; tokens: OciTokens } | null = null;

/** Tokens are signed by a secret of this registry. */
export function ociTokensOf(env: Env): OciTokens {
  const secret = secretOf(env) || "no secret";
  if (known?.secret !== secret) known = { secret, tokens: createOciTokens(secret) };
  return known.tokens;
}

/** Empty: none was ever set. Not the runners' token: a runner could sign what only an admin may. */
function secretOf(env: Env): string {
  return env.CALLSHEET_SIGNING_KEY || env.CALLSHEET_ADMIN_TOKEN || "";
}
