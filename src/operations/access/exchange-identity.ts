import { decodeJwt, decodeProtectedHeader, type JWTPayload } from "jose";
import { takeIdentity } from "../../bindings/d1/access/exchanged-identity.ts";
import { listPublishersOf } from "../../bindings/d1/access/publisher-row.ts";
import type { ExchangedToken } from "../../contract/access/publisher.ts";
import type { Failure } from "../../contract/failure.ts";
import { limits } from "../../contract/limits.ts";
import { choosePublisher } from "../../domain/access/choose-publisher.ts";
import { exchangedName } from "../../domain/access/identity-name.ts";
import { tokenDigest } from "../../domain/access/token-digest.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import { issueToken } from "./issue-token.ts";
import type { KeyMemory } from "./key-memory.ts";
import { readIssuerKeys } from "./read-issuer-keys.ts";
import type { ReadPublicNeeds } from "./read-public-json.ts";
import { verifyIdentity } from "./verify-identity.ts";

export interface ExchangeNeeds extends ReadPublicNeeds {
  db: D1Database;
  issuerKeys: KeyMemory;
  now: () => Date;
}

/** What came of an exchange: who was trusted, which token that gave, and what its holder is told. */
export interface Exchange {
  publisherId: string;
  tokenId: string;
  answer: ExchangedToken;
}

/**
 * Gives a short-lived access token for an identity that a trusted issuer signed for `audience`, once. What is asked of its issuer is asked only where some
 * publisher names that issuer, and what is told of publishers only to who showed an identity.
 */
export async function exchangeIdentity(
  needs: ExchangeNeeds,
  token: string,
  audience: string,
): Promise<Result<Exchange, Failure>> {
  const said = decode(token);
  if (said === null) return refuse("it is no JSON Web Token");
  const { issuer, kid } = said;
  const publishers = await listPublishersOf(needs.db, issuer);
  if (publishers.length === 0) {
    return refuse(`its issuer is "${issuer.slice(0, 200)}", which no trusted publisher names`);
  }
  const now = needs.now();
  const keys = await needs.issuerKeys.keysOf(issuer, kid, now.getTime(), () => readIssuerKeys(needs, issuer));
  if (!keys.ok) return keys;
  const expected = { issuer, audience, maxAgeSeconds: limits.identityAgeSeconds };
  const verified = await verifyIdentity(token, keys.value, expected, now);
  if (!verified.ok) return verified;
  const chosen = choosePublisher(publishers, verified.value);
  if (!chosen.ok) return chosen;

  const publisher = chosen.value;
  const identity = { digest: signedDigest(token), expiresAt: endOf(verified.value, now) };
  const isFirst = await takeIdentity(needs.db, identity, { id: publisher.id, usedAt: now.toISOString() });
  if (!isFirst) return refuse("it was exchanged before, and each is taken once; ask its issuer for another");
  const issued = await issueToken(needs, {
    name: exchangedName(publisher.name, verified.value),
    scopes: publisher.scopes,
    names: publisher.names,
    rateClass: "standard",
    expiresAt: new Date(now.getTime() + publisher.token_seconds * 1000).toISOString(),
    publisher: publisher.id,
    by: `publisher:${publisher.name}`,
  });
  const { id, name, scopes, names, expires_at } = issued;
  const answer = { token: issued.token, name, scopes, names, expires_at: expires_at ?? identity.expiresAt };
  return success({ tokenId: id, publisherId: publisher.id, answer });
}

/** What a token says before anything of it is believed. */
function decode(token: string): { issuer: string; kid: string | undefined } | null {
  try {
    const { iss } = decodeJwt(token);
    const { kid } = decodeProtectedHeader(token);
    return typeof iss === "string" ? { issuer: iss, kid: typeof kid === "string" ? kid : undefined } : null;
  } catch {
    return null;
  }
}

/** Of the part that is signed: a signature can be spelled in several ways. */
function signedDigest(token: string): string {
  return tokenDigest(token.slice(0, token.lastIndexOf(".")));
}

/** After this nobody would take it any more. */
function endOf({ exp = 0 }: JWTPayload, now: Date): string {
  // A far expiry does not matter: it is refused for its age before.
  const ageOut = now.getTime() / 1000 + limits.identityAgeSeconds;
  return new Date((Math.min(exp, ageOut) + 2 * limits.identityLeewaySeconds) * 1000).toISOString();
}

function refuse(why: string): Result<never, Failure> {
  return refusal({ code: "UNAUTHENTICATED", message: `the identity is not taken: ${why}` });
}
