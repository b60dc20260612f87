import { z } from "zod";
import {
  exchangedToken,
  exchangeRequest,
  publisherId,
  publisherRequest,
  trustedPublisher,
} from "../access/publisher.ts";
import { accessToken, createdToken, tokenId, tokenRequest, whoami } from "../access/token.ts";
import { limits } from "../limits.ts";
import { cursor, flag, pageLimit } from "./query.ts";
import { route } from "./route.ts";

const failures = ["INVALID_REQUEST", "UNAUTHENTICATED", "FORBIDDEN", "RATE_LIMITED", "UNAVAILABLE"] as const;
const writeFailures = [...failures, "BODY_TOO_LARGE", "UNSUPPORTED_MEDIA_TYPE", "LIMIT_REACHED"] as const;
const jsonBody = { as: "json", limitBytes: limits.accessRequestBytes } as const;
const tokenParams = z.strictObject({ token_id: tokenId });

export const tokenPage = z
  .object({ items: z.array(accessToken), next_cursor: z.string().nullable() })
  .meta({ id: "TokenPage", description: "A page of access tokens, newest first." });

export const publisherList = z
  .object({ items: z.array(trustedPublisher) })
  .meta({ id: "TrustedPublisherList", description: "Trusted publishers, by name." });

export const getWhoami = route({
  operationId: "getWhoami",
  method: "GET",
  path: "/v1/whoami",
  tag: "Access",
  summary: "Who asks, and what they may do",
  description: "Without a token: what anyone may do. With a wrong or expired one: 401.",
  access: "open",
  refusesWrongTokens: true,
  answers: { 200: { description: "Who asks", schema: whoami } },
  failures: ["UNAUTHENTICATED", "RATE_LIMITED", "UNAVAILABLE"],
});

export const createToken = route({
  operationId: "createToken",
  method: "POST",
  path: "/v1/tokens",
  tag: "Access",
  summary: "Make an access token",
  description: "The answer has the token itself, this once. A token with the scope `admin` must be for every name.",
  access: "admin",
  body: { ...jsonBody, schema: tokenRequest },
  answers: { 201: { description: "The token", schema: createdToken } },
  failures: [...writeFailures, "STATE_CONFLICT"],
});

export const listTokens = route({
  operationId: "listTokens",
  method: "GET",
  path: "/v1/tokens",
  tag: "Access",
  summary: "Access tokens, without their secrets",
  access: "admin",
  query: z.strictObject({
    limit: pageLimit,
    cursor,
    all: flag.optional().describe("Those that are expired or revoked too"),
  }),
  answers: { 200: { description: "A page of them, newest first", schema: tokenPage } },
  failures,
});

export const getToken = route({
  operationId: "getToken",
  method: "GET",
  path: "/v1/tokens/{token_id}",
  tag: "Access",
  summary: "One access token, without its secret",
  access: "admin",
  params: tokenParams,
  answers: { 200: { description: "The token", schema: accessToken } },
  failures: [...failures, "TOKEN_NOT_FOUND"],
});

export const rotateToken = route({
  operationId: "rotateToken",
  method: "POST",
  path: "/v1/tokens/{token_id}:rotate",
  tag: "Access",
  summary: "Make a token anew: same rights, another secret",
  description: "The one before is good for `overlap_seconds` more, so that who uses it can change over.",
  access: "admin",
  params: tokenParams,
  body: {
    ...jsonBody,
    isOptional: true,
    schema: z
      .strictObject({ overlap_seconds: z.int().min(0).max(limits.secretOverlapSeconds).default(0) })
      .meta({ id: "RotateTokenRequest" }),
  },
  answers: { 201: { description: "The new token", schema: createdToken } },
  failures: [...writeFailures, "TOKEN_NOT_FOUND", "STATE_CONFLICT"],
});

export const revokeToken = route({
  operationId: "revokeToken",
  method: "DELETE",
  path: "/v1/tokens/{token_id}",
  tag: "Access",
  summary: "Revoke a token",
  description: `It is refused everywhere after ${limits.tokenMemorySeconds} s at most. Its row stays: the audit log names it.`,
  access: "admin",
  params: tokenParams,
  answers: { 200: { description: "Revoked, now or before", schema: accessToken } },
  failures: [...failures, "TOKEN_NOT_FOUND"],
});

export const exchangeToken = route({
  operationId: "exchangeToken",
  method: "POST",
  path: "/v1/tokens:exchange",
  tag: "Access",
  summary: "Exchange a signed identity for a short-lived token",
  description:
    "For CI without stored secrets (OpenID Connect; GitHub Actions' `id-token: write`). The identity's issuer and claims must be those of a trusted publisher, its audience this registry.",
  access: "open",
  audited: "before_answer",
  body: { ...jsonBody, schema: exchangeRequest },
  answers: { 201: { description: "The token", schema: exchangedToken } },
  failures: writeFailures,
});

export const createPublisher = route({
  operationId: "createPublisher",
  method: "POST",
  path: "/v1/trusted-publishers",
  tag: "Access",
  summary: "Trust an issuer's identities to publish",
  access: "admin",
  body: { ...jsonBody, schema: publisherRequest },
  answers: { 201: { description: "The trusted publisher", schema: trustedPublisher } },
  failures: [...writeFailures, "STATE_CONFLICT"],
});

export const listPublishers = route({
  operationId: "listPublishers",
  method: "GET",
  path: "/v1/trusted-publishers",
  tag: "Access",
  summary: "Trusted publishers",
  access: "admin",
  answers: { 200: { description: "All of them, by name", schema: publisherList } },
  failures,
});

export const removePublisher = route({
  operationId: "removePublisher",
  method: "DELETE",
  path: "/v1/trusted-publishers/{publisher_id}",
  tag: "Access",
  summary: "Trust a publisher no longer",
  description: "Tokens that it has already got are good until they expire; revoke them by their ids.",
  access: "admin",
  params: z.strictObject({ publisher_id: publisherId }),
  answers: { 200: { description: "Removed", schema: trustedPublisher } },
  failures: [...failures, "PUBLISHER_NOT_FOUND"],
});
