import { decodeProtectedHeader } from "jose";
import { z } from "zod";
import { keySet } from "../contract/access/issuer-answer.ts";
import type { Failure } from "../contract/failure.ts";
import type { Caller } from "../domain/access/caller.ts";
import { type Result, refusal, success } from "../domain/result.ts";
import { type ReadPublicNeeds, readPublicJson } from "../operations/access/read-public-json.ts";
import { verifyIdentity } from "../operations/access/verify-identity.ts";
import { issuerKeys } from "./isolate.ts";
import { settingsOf } from "./settings.ts";

/** Cloudflare Access puts it on every request that it lets in. */
const assertionHeader = "cf-access-jwt-assertion";

const asking: ReadPublicNeeds = { fetch: (url, init) => fetch(url, init), mayAskPrivate: false };

/**
 * Who asks, as Cloudflare Access says: a person by e-mail address, or a program by the name of its service token. Null where Access is not used, or
 * the request did not come through it.
 */
export async function findIdentity(
  env: Env,
  request: Request,
  now: Date,
  needs: ReadPublicNeeds = asking,
): Promise<Result<Caller, Failure> | null> {
  const { ACCESS_TEAM: team, ACCESS_AUDIENCE: audience, ACCESS_ADMINS: admins } = settingsOf(env);
  const token = request.headers.get(assertionHeader);
  if (team === "" || audience === "" || token === null) return null;
  const issuer = `https://${team}.cloudflareaccess.com`;
  const keys = await issuerKeys.keysOf(issuer, keyNameOf(token), now.getTime(), async () => {
    const read = await readPublicJson(needs, `${issuer}/cdn-cgi/access/certs`, keySet);
    if (read.ok) return read;
    const message = `who you are cannot be checked now: ${read.failure}`;
    return refusal({ code: "UNAVAILABLE", message, retryAfterSeconds: 5 });
  });
  if (!keys.ok) return keys;
  const verified = await verifyIdentity(token, keys.value, { issuer, audience, maxAgeSeconds: null }, now);
  if (!verified.ok) return verified;
  if (!isOwnRequest(request)) {
    const message =
      "changes by who is logged in to Cloudflare Access must come from this registry's own pages; others need a token";
    return refusal({ code: "FORBIDDEN", message });
  }
  return callerOf(verified.value, admins);
}

const accessClaims = z.object({ email: z.string().optional(), common_name: z.string().optional(), exp: z.number() });

function callerOf(payload: unknown, admins: readonly string[]): Result<Caller, Failure> {
  const claims = accessClaims.safeParse(payload);
  const { email, common_name: service, exp } = claims.success ? claims.data : { exp: 0 };
  const name = email || (service ? `service:${service}` : "");
  if (name === "") {
    const message = "Cloudflare Access named neither an e-mail address nor a service token";
    return refusal({ code: "UNAUTHENTICATED", message });
  }
  const isAdmin = email !== undefined && admins.some((admin) => admin.toLowerCase() === email.toLowerCase());
  return success({
    name,
    tokenId: null,
    scopes: isAdmin ? ["admin"] : ["read", "run"],
    names: ["*"],
    rateClass: "standard",
    expiresAt: new Date(exp * 1000).toISOString(),
  });
}

/**
 * Whether the registry's own page asks, or nothing is asked for that a page elsewhere could do harm with: a browser puts the cookie behind
 * this identity on requests of other pages too, and those can neither read answers nor, therefore, do anything by GET; WebSockets they can read.
 */
function isOwnRequest(request: Request): boolean {
  const isRead = request.method === "GET" || request.method === "HEAD";
  if (isRead && request.headers.get("upgrade") === null) return true;
  if (request.headers.get("sec-fetch-site") === "same-origin") return true;
  return request.headers.get("origin") === new URL(request.url).origin;
}

/** Which key a token says that it is signed by; undefined where that cannot be read. */
function keyNameOf(token: string): string | undefined {
  try {
    return decodeProtectedHeader(token).kid;
  } catch {
    return undefined;
  }
}
