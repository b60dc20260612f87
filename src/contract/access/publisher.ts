import { z } from "zod";
import { limits } from "../limits.ts";
import { namePatterns } from "./name-pattern.ts";
import { accessScope } from "./scope.ts";
import { callerName, tokenSecret } from "./token.ts";

export const publisherId = z.string().regex(/^pub_[0-9a-f]{16}$/, "a trusted publisher's id is pub_ and 16 hex digits");

/** Which identities are meant: every claim named here must be in the token and fit; `*` in a value stands for any characters. */
export const claimPatterns = z
  .record(z.string().regex(/^[A-Za-z0-9_.:/-]{1,100}$/), z.string().min(1).max(500))
  .refine((claims) => Object.keys(claims).length >= 1 && Object.keys(claims).length <= 20, "from 1 to 20 claims");

/** A trusted publisher: who has a signed identity of this issuer with these claims gets a short-lived access token, without any stored secret. */
export const publisherRequest = z
  .strictObject({
    name: callerName,
    issuer: z
      .url({ protocol: /^https?$/ })
      .max(500)
      .default("https://token.actions.githubusercontent.com"),
    claims: claimPatterns,
    scopes: z.array(accessScope.exclude(["admin"])).min(1),
    names: namePatterns.default(["*"]),
    token_seconds: z.int().min(60).max(limits.exchangedTokenSeconds).default(900),
  })
  .meta({ id: "TrustedPublisherRequest" });
export type PublisherRequest = z.infer<typeof publisherRequest>;

export const trustedPublisher = publisherRequest
  .extend({ id: publisherId, created_at: z.string(), created_by: z.string(), last_used_at: z.string().nullable() })
  .meta({ id: "TrustedPublisher", description: "Whose signed identities are exchanged for access tokens." });
export type TrustedPublisher = z.infer<typeof trustedPublisher>;

/** A JSON Web Token of the issuer (RFC 7519), whose `aud` is this registry. */
export const exchangeRequest = z
  .strictObject({
    token: z
      .string()
      .min(1)
      .max(16 * 1024),
  })
  .meta({ id: "ExchangeRequest" });

export const exchangedToken = z
  .object({
    token: tokenSecret,
    name: z.string(),
    scopes: z.array(accessScope),
    names: namePatterns,
    expires_at: z.string(),
  })
  .meta({ id: "ExchangedToken", description: "A short-lived access token for a signed identity." });
export type ExchangedToken = z.infer<typeof exchangedToken>;
