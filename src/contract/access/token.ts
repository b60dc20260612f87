import { z } from "zod";
import { limits } from "../limits.ts";
import { namePatterns } from "./name-pattern.ts";
import { accessScope } from "./scope.ts";

/** What every access token begins with, so that people and secret scanners know one when they see it. */
export const tokenPrefix = "cst_";

/** An access token: the prefix and 24 random bytes in hex. It is shown once; the registry keeps its SHA-256. */
export const tokenSecret = z.string().regex(/^cst_[0-9a-f]{48}$/);

/** What a token is called by everyone but its holder. */
export const tokenId = z
  .string()
  .regex(/^tok_[0-9a-f]{16}$/, "a token's id is tok_ and 16 hex digits, as `callsheet tokens list` tells it");

/** How many requests a minute a token may make (docs/access.md, "Rate limits"). */
export const rateClass = z.enum(["standard", "high"]);
export type RateClass = z.infer<typeof rateClass>;

export const accessToken = z
  .object({
    id: tokenId,
    name: z.string().describe("What people call it; it goes into the history of what is changed with it"),
    hint: z.string().describe("The first characters, to tell tokens apart"),
    scopes: z.array(accessScope),
    names: namePatterns,
    rate_class: rateClass,
    state: z.enum(["live", "expired", "revoked"]),
    created_at: z.string(),
    created_by: z.string(),
    expires_at: z.string().nullable(),
    last_used_at: z.string().nullable().describe("To the minute"),
    revoked_at: z.string().nullable(),
    revoked_by: z.string().nullable(),
  })
  .meta({ id: "AccessToken", description: "An access token, without its secret." });
export type AccessToken = z.infer<typeof accessToken>;

export const callerName = z
  .string()
  .trim()
  .min(1)
  .max(limits.callerNameLength)
  .regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+$/u, "one line of visible characters");

export const tokenRequest = z
  .strictObject({
    name: callerName,
    scopes: z.array(accessScope).min(1).max(accessScope.options.length),
    names: namePatterns.default(["*"]),
    rate_class: rateClass.default("standard"),
    expires_in_seconds: z
      .int()
      .min(60)
      .max(limits.tokenSeconds)
      .nullable()
      .default(limits.tokenSecondsDefault)
      .describe("Null: it never expires"),
  })
  .meta({ id: "TokenRequest" });
export type TokenRequest = z.infer<typeof tokenRequest>;

export const createdToken = accessToken
  .extend({ token: tokenSecret.describe("Shown this once") })
  .meta({ id: "CreatedToken", description: "A new access token, with its secret." });
export type CreatedToken = z.infer<typeof createdToken>;

/** Who asks, as `GET /v1/whoami` tells it. */
export const whoami = z
  .object({
    name: z.string(),
    by: z
      .enum(["nothing", "secret", "token", "identity"])
      .describe(
        "How the registry knows: no token; a secret of its configuration; an access token; a signed identity of Cloudflare Access",
      ),
    token_id: tokenId.nullable(),
    scopes: z.array(accessScope).describe("What it may do, public reads included"),
    names: namePatterns,
    rate_class: rateClass.nullable().describe("Null: not limited by class"),
    expires_at: z.string().nullable(),
  })
  .meta({ id: "Whoami", description: "Who asks, and what they may do." });
export type Whoami = z.infer<typeof whoami>;
