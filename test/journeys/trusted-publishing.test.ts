import { randomUUID } from "node:crypto";
import { exportSPKI, generateKeyPair, importJWK, type JWTPayload, SignJWT, UnsecuredJWT } from "jose";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { startRegistry } from "../../scripts/local-registry.ts";
import { auditPage } from "../../src/contract/access/audit.ts";
import { exchangedToken, trustedPublisher } from "../../src/contract/access/publisher.ts";
import { problem } from "../../src/contract/failure.ts";
import { frozenBundle } from "./support/frozen-bundle.ts";
import { type IdentityIssuer, startIssuer } from "./support/identity-issuer.ts";

const { scriptPath, stateDir } = frozenBundle();
let registry: Awaited<ReturnType<typeof startRegistry>>;
let issuer: IdentityIssuer;

beforeAll(async () => {
  registry = await startRegistry({ scriptPath, stateDir: stateDir("state"), port: 0, vars: { RATE_LIMITS: "off" } });
  issuer = await startIssuer();
  await trust(
    issuer,
    "release",
    { repository: "acme/prompts", ref: "refs/heads/main" },
    { names: ["templates/acme_*"] },
  );
  await trust(issuer, "other", { repository: "acme/functions" });
}, 60_000);
afterAll(async () => {
  issuer.stop();
  await registry.stop();
});
beforeEach(() => issuer.answerWith(null));

async function send(method: string, path: string, body?: unknown, token = registry.adminToken) {
  const response = await fetch(registry.url + path, {
    method,
    headers: { "Content-Type": "application/json", ...(token === "" ? {} : { Authorization: `Bearer ${token}` }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

async function trust(by: IdentityIssuer, name: string, claims: Record<string, string>, more: object = {}) {
  const wish = { name, issuer: by.url, claims, scopes: ["publish"], ...more };
  const { status, text } = await send("POST", "/v1/trusted-publishers", wish);
  expect(status, text).toBe(201);
  return trustedPublisher.parse(JSON.parse(text));
}

/** The claims of a job of GitHub Actions, good from now on. */
function aJob(claims: Record<string, unknown> = {}): JWTPayload {
  const now = Math.floor(Date.now() / 1000);
  return {
    jti: randomUUID(),
    aud: registry.url,
    sub: "repo:acme/prompts:ref:refs/heads/main",
    repository: "acme/prompts",
    ref: "refs/heads/main",
    run_number: "7",
    iat: now,
    nbf: now,
    exp: now + 300,
    ...claims,
  };
}

function exchange(token: string) {
  return send("POST", "/v1/tokens:exchange", { token }, "");
}

async function refused(token: string, status: number): Promise<string> {
  const answered = await exchange(token);
  expect(answered.status, answered.text).toBe(status);
  expect(answered.text).not.toContain(token.slice(-20));
  return problem.parse(JSON.parse(answered.text)).detail;
}

function aTemplate(id: string): object {
  const outputs = { result: { type: "string" } };
  return {
    template: {
      id,
      version: "1.0.0",
      name: id,
      description: "Published without a stored secret.",
      interface: { inputs: {}, outputs },
      requirements: { resources: {} },
    },
  };
}

test("an identity of a trusted repository gets a token that publishes what its publisher may, once", async () => {
  const identity = await issuer.sign(aJob());
  const { status, text, headers } = await exchange(identity);
  expect(status, text).toBe(201);
  expect(headers.get("cache-control")).toBe("no-store");
  const { token, name, expires_at } = exchangedToken.parse(JSON.parse(text));
  expect(name).toBe("release:acme/prompts");
  const left = Date.parse(expires_at) - Date.now();
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThanOrEqual(900_000);

  const published = await send("POST", "/v1/templates", aTemplate("acme_blur"), token);
  expect(published.status, published.text).toBe(201);
  const outside = await send("POST", "/v1/templates", aTemplate("others_blur"), token);
  expect(outside.status, outside.text).toBe(403);
  expect(await refused(identity, 401)).toContain("was exchanged before");

  const entries = auditPage.parse(JSON.parse((await send("GET", "/v1/audit?operation=exchangeToken")).text)).items;
  const entry = entries.find((one) => one.actor === name);
  expect(entry).toMatchObject({ outcome: "done", subject: expect.stringMatching(/^tokens\/tok_[0-9a-f]{16}$/) });
  expect(JSON.stringify(entries)).not.toContain(token);

  const list = z.object({ items: z.array(trustedPublisher) });
  const { items } = list.parse(JSON.parse((await send("GET", "/v1/trusted-publishers")).text));
  expect(items.find((one) => one.name === "release")?.last_used_at).not.toBeNull();
});

test("of many at once with one identity, one gets a token", async () => {
  const identity = await issuer.sign(aJob());
  const statuses = (await Promise.all(Array.from({ length: 10 }, () => exchange(identity)))).map((one) => one.status);
  expect(statuses.toSorted()).toEqual([201, ...Array.from({ length: 9 }, () => 401)]);
});

test("another spelling of the same signature is the same identity", async () => {
  await issuer.rotate("ES256");
  const identity = await issuer.sign(aJob());
  expect((await exchange(identity)).status).toBe(201);
  // The last character of 64 bytes in base64url has four bits that mean nothing.
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const last = alphabet.indexOf(identity.at(-1) ?? "");
  const respelled = identity.slice(0, -1) + alphabet[last ^ 1];
  expect([401]).toContain((await exchange(respelled)).status);
});

test.each<[string, Record<string, unknown>, number, string]>([
  [
    "another repository",
    { repository: "acme/elsewhere", sub: "repo:acme/elsewhere" },
    403,
    'repository "acme/prompts", which is "acme/elsewhere"',
  ],
  ["another branch", { ref: "refs/heads/evil" }, 403, 'ref "refs/heads/main", which is "refs/heads/evil"'],
  ["a missing claim", { ref: undefined }, 403, 'ref "refs/heads/main", which is missing'],
  ["another audience", { aud: "https://another.example" }, 401, 'its audience is "https://another.example"'],
  ["no audience", { aud: undefined }, 401, "its audience is missing"],
  ["the past", { exp: Math.floor(Date.now() / 1000) - 120 }, 401, "it has expired"],
  ["long ago", { iat: Math.floor(Date.now() / 1000) - 700 }, 401, "older than 600 s"],
  ["the future", { nbf: Math.floor(Date.now() / 1000) + 3600 }, 401, "not yet"],
  ["no end", { exp: undefined }, 401, "exp is missing"],
])("an identity of %s is refused, and told why", async (_, claims, status, why) => {
  expect(await refused(await issuer.sign(aJob(claims)), status)).toContain(why);
});

test("a stranger's identity is refused without a word of whom others trust", async () => {
  const told = await refused(await issuer.sign(aJob({ repository: "evil/x", sub: "repo:evil/x" })), 403);
  expect(told).not.toMatch(/acme|release/);
});

test("an issuer that nobody named is not asked", async () => {
  const stranger = await startIssuer();
  expect(await refused(await stranger.sign(aJob()), 401)).toContain(
    `"${stranger.url}", which no trusted publisher names`,
  );
  expect(stranger.asked).toEqual([]);
  stranger.stop();
});

test("what its issuer did not sign is refused, however it is dressed up", async () => {
  await issuer.rotate();
  const claims = { ...aJob(), iss: issuer.url };
  const { privateKey } = await generateKeyPair("RS256");
  const header = { alg: "RS256", kid: "key-99" };
  const [jwk = {}] = z.object({ keys: z.array(z.looseObject({ kid: z.string() })) }).parse(issuer.publicKeys()).keys;
  const kid = String(Reflect.get(jwk, "kid"));
  expect((await exchange(await issuer.sign(aJob()))).status).toBe(201);

  const forged = await new SignJWT(claims).setProtectedHeader({ ...header, kid }).sign(privateKey);
  expect(await refused(forged, 401)).toContain("its signature is not its issuer's");
  const unknown = await new SignJWT(claims).setProtectedHeader(header).sign(privateKey);
  expect(await refused(unknown, 401)).toContain("has no key of that name");
  expect(await refused(new UnsecuredJWT(claims).encode(), 401)).toContain("identity is not taken");
  const none = `${btoa('{"alg":"none"}')}.${forged.split(".")[1]}.`.replaceAll("=", "");
  expect(await refused(none, 401)).toContain("signed with RS256 or ES256");

  // The public key as the secret of a symmetric signature, in each spelling of it that a careless verifier may use.
  const publicKey = await importJWK({ ...jwk, alg: "RS256" }, "RS256", { extractable: true });
  if (publicKey instanceof Uint8Array) throw new Error("an RSA key is no list of bytes");
  for (const secret of [await exportSPKI(publicKey), JSON.stringify(jwk)]) {
    const confused = await new SignJWT(claims)
      .setProtectedHeader({ alg: "HS256", kid })
      .sign(new TextEncoder().encode(secret));
    expect(await refused(confused, 401)).toContain("signed with RS256 or ES256");
  }
  const [head = "", , tail = ""] = (await issuer.sign(aJob())).split(".");
  const altered = Buffer.from(JSON.stringify({ ...claims, repository: "acme/functions" })).toString("base64url");
  expect(await refused(`${head}.${altered}.${tail}`, 401)).toContain("its signature is not its issuer's");
  for (const nonsense of ["x", "a.b.c", "..", `${head}.${tail}`, "é".repeat(100)]) await refused(nonsense, 401);
});

test("a key that an issuer changed to is found at once, and asking for unknown keys is bounded", async () => {
  const changing = await startIssuer();
  await trust(changing, "changing", { sub: "system:*" });
  const sign = () => changing.sign(aJob({ sub: "system:builder" }));
  expect((await exchange(await sign())).status).toBe(201);
  await changing.rotate("ES256");
  expect((await exchange(await sign())).status).toBe(201);
  expect((await exchange(await sign())).status).toBe(201);
  const before = changing.asked.length;
  expect(before).toBe(4);
  for (let time = 0; time < 10; time++) {
    const { privateKey } = await generateKeyPair("ES256");
    const forged = new SignJWT({ ...aJob(), iss: changing.url });
    await refused(await forged.setProtectedHeader({ alg: "ES256", kid: `unknown-${time}` }).sign(privateKey), 401);
  }
  expect(changing.asked.length).toBeLessThanOrEqual(before + 6);
  expect((await exchange(await sign())).status).toBe(201);
  changing.stop();
});

test.each<[string, (path: string) => { status: number; body: string }]>([
  ["is down", () => ({ status: 500, body: "" })],
  ["sends us elsewhere", () => ({ status: 302, body: "" })],
  ["answers nonsense", () => ({ status: 200, body: "<html>" })],
  ["answers JSON of another shape", () => ({ status: 200, body: '{"keys":"none"}' })],
  ["answers without end", () => ({ status: 200, body: `{"issuer":"${"x".repeat(300_000)}"}` })],
  [
    "says that it is another",
    () => ({ status: 200, body: '{"issuer":"https://another.example","jwks_uri":"http://127.0.0.1/keys"}' }),
  ],
])("an issuer that %s leaves its identities without a token, and the registry says so", async (_, answer) => {
  const broken = await startIssuer();
  await trust(broken, `broken-${broken.url}`, { repository: "*" });
  broken.answerWith(answer);
  expect(await refused(await broken.sign(aJob()), 503)).toContain("cannot be read");
  broken.answerWith(null);
  expect((await exchange(await broken.sign(aJob()))).status).toBe(201);
  broken.stop();
});

test.each<[string, object, number]>([
  ["the scope admin", { scopes: ["admin"] }, 400],
  ["no claims", { claims: {} }, 400],
  ["a name that is the registry's own", { name: "webhook" }, 400],
  ["the name of another", { name: "release" }, 409],
  ["an issuer with a query", { issuer: "https://issuer.example/?a=b" }, 400],
  ["no issuer's address", { issuer: "ftp://issuer.example" }, 400],
  ["runners of some names", { scopes: ["runner"], names: ["templates/*"] }, 400],
])("nobody is trusted with %s", async (_, wish, status) => {
  const whole = { name: "a wish", issuer: issuer.url, claims: { sub: "*" }, scopes: ["publish"], ...wish };
  const answered = await send("POST", "/v1/trusted-publishers", whole);
  expect(answered.status, answered.text).toBe(status);
});

test("who is trusted no longer gets no more tokens; those that were given live on", async () => {
  const leaving = await startIssuer();
  const { id } = await trust(leaving, "leaving", { repository: "acme/*" });
  const first = await exchange(await leaving.sign(aJob()));
  const { token } = exchangedToken.parse(JSON.parse(first.text));
  expect((await send("DELETE", `/v1/trusted-publishers/${id}`)).status).toBe(200);
  expect((await send("DELETE", `/v1/trusted-publishers/${id}`)).status).toBe(404);
  await refused(await leaving.sign(aJob()), 401);
  expect((await send("GET", "/v1/whoami", undefined, token)).text).toContain("leaving:acme/prompts");
  leaving.stop();
});
