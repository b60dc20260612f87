import type { OciHolder } from "../contract/oci/token.ts";
import type { OciCredentials } from "../domain/oci/access-rules.ts";
import { parseScopes } from "../domain/oci/access-scope.ts";
import { createOciTokens, type OciTokens } from "../domain/oci/access-token.ts";
import { isKnownToken } from "./known-token.ts";

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
  env: Env,
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
  const granted = sent.mayBeGranted ? ociTokensOf(env).read(sent.secret) : null;
  // Without a secret anyone could sign, so then a token only says what anyone may do.
  if (granted !== null && (granted.who === "anonymous" || secretOf(env) !== "")) {
    if (granted.until * 1000 <= now.getTime()) {
      return { type: "wrong", message: "the token has expired; ask the token endpoint for another" };
    }
    const scopes = parseScopes(granted.scopes);
    return { type: "granted", holder: granted.who, scopes: scopes.ok ? scopes.value : [] };
  }
  const holder = await findHolder(env, sent.secret);
  if (holder !== null) return { type: "known", holder };
  const what = sent.mayBeGranted ? "the token" : "the password";
  return { type: "wrong", message: `${what} is no token that this registry knows; the user name does not matter` };
}

async function findHolder(env: Env, secret: string): Promise<OciHolder | null> {
  if (await isKnownToken(secret, env.CALLSHEET_ADMIN_TOKEN)) return "admin";
  return (await isKnownToken(secret, env.CALLSHEET_RUNNER_TOKEN)) ? "runner" : null;
}

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
