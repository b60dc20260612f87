import { createExecutionContext, env, waitOnExecutionContext } from "cloudflare:test";
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from "jose";
import { beforeAll, expect, it } from "vitest";
import { keySet } from "../../src/contract/access/issuer-answer.ts";
import { success } from "../../src/domain/result.ts";
import { findIdentity } from "../../src/worker/find-identity.ts";
import { issuerKeys } from "../../src/worker/isolate.ts";
import worker from "../../src/worker/main.ts";

const team = "a-team-of-this-test";
const issuer = `https://${team}.cloudflareaccess.com`;
const audience = "0123456789abcdef";
const withAccess = {
  ...env,
  ACCESS_TEAM: team,
  ACCESS_AUDIENCE: audience,
  ACCESS_ADMINS: "Ada@example.com, boss@example.com",
};
const now = new Date();

type KeyPair = Awaited<ReturnType<typeof generateKeyPair>>;
let ours: KeyPair;
let others: KeyPair;
let published: unknown;

beforeAll(async () => {
  ours = await generateKeyPair("RS256");
  others = await generateKeyPair("RS256");
  published = { keys: [{ ...(await exportJWK(ours.publicKey)), kid: "first", alg: "RS256", use: "sig" }] };
});

/** What Cloudflare Access says of who is logged in. */
function assertion(claims: Record<string, unknown> = {}, key = ours.privateKey, kid = "first"): Promise<string> {
  const seconds = Math.floor(now.getTime() / 1000);
  const told = {
    email: "grace@example.com",
    iat: seconds,
    exp: seconds + 3600,
    iss: issuer,
    aud: [audience],
    ...claims,
  };
  return new SignJWT(told).setProtectedHeader({ alg: "RS256", kid }).sign(key);
}

function requestWith(token: string | null, init: RequestInit = {}): Request {
  const headers = new Headers(init.headers);
  if (token !== null) headers.set("Cf-Access-Jwt-Assertion", token);
  return new Request("https://registry.example/v1/runs", { ...init, headers });
}

const asked: string[] = [];
const needs = {
  mayAskPrivate: false,
  fetch: async (url: string) => {
    asked.push(url);
    return Response.json(published);
  },
};

function find(token: string | null, init: RequestInit = {}, from: Env = withAccess) {
  return findIdentity(from, requestWith(token, init), now, needs);
}

it("names who is logged in, and what they may do", async () => {
  expect(await find(await assertion())).toEqual({
    ok: true,
    value: {
      name: "grace@example.com",
      tokenId: null,
      scopes: ["read", "run"],
      names: ["*"],
      rateClass: "standard",
      expiresAt: new Date((Math.floor(now.getTime() / 1000) + 3600) * 1000).toISOString(),
    },
  });
  expect(await find(await assertion({ email: "ADA@example.com" }))).toMatchObject({
    ok: true,
    value: { scopes: ["admin"] },
  });
  expect(asked).toEqual([`${issuer}/cdn-cgi/access/certs`]);
});

it("names a service token, which is never an admin", async () => {
  const token = await assertion({ email: undefined, common_name: "boss@example.com" });
  expect(await find(token)).toMatchObject({
    ok: true,
    value: { name: "service:boss@example.com", scopes: ["read", "run"] },
  });
  const nobody = await assertion({ email: undefined });
  expect(await find(nobody)).toMatchObject({ ok: false, failure: { code: "UNAUTHENTICATED" } });
});

it("is nothing where Access is not used, or was passed by", async () => {
  expect(await find(null)).toBeNull();
  for (const without of [{ ACCESS_TEAM: "" }, { ACCESS_AUDIENCE: "" }]) {
    expect(await find(await assertion(), {}, { ...withAccess, ...without })).toBeNull();
  }
});

it.each<[string, () => Promise<string>]>([
  ["signed by another key", () => assertion({}, others.privateKey)],
  ["signed by a key that nobody publishes", () => assertion({}, others.privateKey, "second")],
  ["for another application", () => assertion({ aud: ["another"] })],
  ["of another team", () => assertion({ iss: "https://another.cloudflareaccess.com" })],
  ["expired", () => assertion({ exp: Math.floor(now.getTime() / 1000) - 120 })],
  ["without an expiry", () => assertion({ exp: undefined })],
  ["not signed", async () => new UnsecuredJWT({ email: "ada@example.com", aud: audience, iss: issuer }).encode()],
  [
    "signed with the public key as a secret",
    async () => {
      const secret = new TextEncoder().encode(JSON.stringify(published));
      const claims = { email: "ada@example.com", iat: 1, exp: 9_999_999_999, iss: issuer, aud: audience };
      return new SignJWT(claims).setProtectedHeader({ alg: "HS256", kid: "first" }).sign(secret);
    },
  ],
  ["altered", async () => (await assertion()).replace(/\.[^.]+\./, `.${btoa('{"email":"ada@example.com"}')}.`)],
  ["no token at all", async () => "nonsense"],
])("takes no identity that is %s", async (_, make) => {
  const found = await find(await make());
  expect(found).toMatchObject({ ok: false, failure: { code: "UNAUTHENTICATED" } });
  expect(JSON.stringify(found)).not.toContain("eyJ");
});

it.each<[string, RequestInit, boolean]>([
  ["the registry's own page", { method: "POST", headers: { "Sec-Fetch-Site": "same-origin" } }, true],
  [
    "the registry's own page, in an older browser",
    { method: "POST", headers: { Origin: "https://registry.example" } },
    true,
  ],
  [
    "a page of another origin",
    { method: "POST", headers: { "Sec-Fetch-Site": "cross-site", Origin: "https://evil.example" } },
    false,
  ],
  ["a page of the same site", { method: "DELETE", headers: { "Sec-Fetch-Site": "same-site" } }, false],
  ["who says nothing of where they are", { method: "PUT" }, false],
  [
    "a page of another origin that opens a socket",
    { headers: { Upgrade: "websocket", Origin: "https://evil.example" } },
    false,
  ],
  [
    "the registry's own page that opens a socket",
    { headers: { Upgrade: "websocket", Origin: "https://registry.example" } },
    true,
  ],
  ["whoever only reads", { headers: { "Sec-Fetch-Site": "cross-site" } }, true],
])("what rides on a cookie may be asked by %s: %#", async (_, init, isAllowed) => {
  const found = await find(await assertion(), init);
  expect(found).toMatchObject(isAllowed ? { ok: true } : { ok: false, failure: { code: "FORBIDDEN" } });
});

it("says that it cannot tell, when the keys cannot be read", async () => {
  const elsewhere = { ...withAccess, ACCESS_TEAM: "a-team-that-is-away" };
  const away = { ...needs, fetch: async () => new Response("", { status: 502 }) };
  const found = await findIdentity(elsewhere, requestWith(await assertion()), now, away);
  expect(found).toMatchObject({ ok: false, failure: { code: "UNAVAILABLE" } });
});

it("lets who is logged in do through the registry's door what their scopes say, and no more", async () => {
  const keys = keySet.parse(published);
  await issuerKeys.keysOf(issuer, "first", Date.now(), async () => success(keys));
  const statusOf = async (method: string, path: string, email: string) => {
    const ctx = createExecutionContext();
    const headers = { "Cf-Access-Jwt-Assertion": await assertion({ email }), "Sec-Fetch-Site": "same-origin" };
    const request = new Request<unknown, IncomingRequestCfProperties>(`https://registry.example${path}`, {
      method,
      headers,
    });
    const response = await worker.fetch(request, withAccess, ctx);
    await waitOnExecutionContext(ctx);
    await response.body?.cancel();
    return response.status;
  };
  expect(await statusOf("GET", "/v1/runs", "grace@example.com")).toBe(200);
  expect(await statusOf("GET", "/v1/tokens", "grace@example.com")).toBe(403);
  expect(await statusOf("POST", "/v1/templates", "grace@example.com")).toBe(403);
  expect(await statusOf("GET", "/v1/tokens", "boss@example.com")).toBe(200);
  expect(await statusOf("POST", "/v1/templates", "boss@example.com")).not.toBe(403);
});
