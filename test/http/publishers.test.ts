import { createExecutionContext, env, waitOnExecutionContext } from "cloudflare:test";
import { expect, it } from "vitest";
import { takeIdentity } from "../../src/bindings/d1/access/exchanged-identity.ts";
import { trustedPublisher } from "../../src/contract/access/publisher.ts";
import { publisherList } from "../../src/contract/http/tokens.ts";
import { limits } from "../../src/contract/limits.ts";
import { issueToken } from "../../src/operations/access/issue-token.ts";
import { sweepIdentities } from "../../src/operations/access/sweep-identities.ts";
import worker from "../../src/worker/main.ts";
import { adminToken, ask, askJson, refusalOf } from "./a-registry.ts";

const deployed = { ...env, ENVIRONMENT: "production" };

function aWish(name: string, more: object = {}): object {
  return { name, issuer: "https://issuer.example.com", claims: { repository: "acme/*" }, scopes: ["publish"], ...more };
}

async function createOn(from: Env, wish: object): Promise<Response> {
  const ctx = createExecutionContext();
  const init = {
    method: "POST",
    headers: { Authorization: `Bearer ${adminToken}`, "Content-Type": "application/json" },
    body: JSON.stringify(wish),
  };
  const url = "https://registry.example/v1/trusted-publishers";
  const response = await worker.fetch(new Request<unknown, IncomingRequestCfProperties>(url, init), from, ctx);
  await waitOnExecutionContext(ctx);
  return response;
}

it.each([
  "http://issuer.example.com",
  "https://127.0.0.1",
  "https://localhost:8443",
  "https://[::1]",
  "https://vault.internal",
])("where others come too, no issuer is trusted whose keys nobody else could check: %s", async (issuer) => {
  const refused = await refusalOf(await createOn(deployed, aWish("a private one", { issuer })), 400);
  expect(refused.detail).toContain("keys cannot be read");
});

it("a publisher is made, listed by name and removed", async () => {
  const made: string[] = [];
  for (const name of ["second of the list", "first of the list"]) {
    const response = await createOn(deployed, aWish(name));
    expect(response.status).toBe(201);
    made.push(trustedPublisher.parse(await response.json()).id);
  }
  const listed = publisherList.parse(await (await ask("GET", "/v1/trusted-publishers")).json());
  const names = listed.items.map((one) => one.name);
  expect(names).toEqual(names.toSorted());
  expect(listed.items.find((one) => one.id === made[0])).toMatchObject({
    issuer: "https://issuer.example.com",
    claims: { repository: "acme/*" },
    names: ["*"],
    token_seconds: 900,
    created_by: "admin",
    last_used_at: null,
  });
  for (const id of made) expect((await ask("DELETE", `/v1/trusted-publishers/${id}`)).status).toBe(200);
  const gone = await refusalOf(await ask("DELETE", `/v1/trusted-publishers/${made[0]}`), 404);
  expect(gone.code).toBe("PUBLISHER_NOT_FOUND");
});

it.each([{ token: "" }, { token: "x".repeat(20_000) }, {}, { token: 7 }, { token: "a.b.c" }, { token: "é" }, []])(
  "what is no identity is refused: %j",
  async (body) => {
    const response = await askJson("POST", "/v1/tokens:exchange", body);
    expect([400, 401]).toContain(response.status);
    await response.body?.cancel();
  },
);

it("an identity is taken once, and forgotten when nobody could use it any more; a token's row a month after its end", async () => {
  const now = new Date("2031-01-01T00:00:00.000Z");
  const publisher = { id: "pub_0123456789abcdef", usedAt: now.toISOString() };
  const identity = { digest: "a digest of this test", expiresAt: now.toISOString() };
  expect(await takeIdentity(env.DB, identity, publisher)).toBe(true);
  expect(await takeIdentity(env.DB, identity, publisher)).toBe(false);
  const wish = { name: "swept", scopes: ["publish"], names: ["*"], rateClass: "standard", by: "a test" } as const;
  const needs = { db: env.DB, now: () => now };
  const expiresAt = now.toISOString();
  const exchanged = await issueToken(needs, { ...wish, expiresAt, publisher: publisher.id });
  const asked = await issueToken(needs, { ...wish, expiresAt, publisher: null });
  const idsLeft = async () => {
    const query = "SELECT id FROM access_token WHERE name = 'swept'";
    return (await env.DB.prepare(query).all<{ id: string }>()).results.map((row) => row.id);
  };

  await sweepIdentities(env.DB, now);
  expect(await takeIdentity(env.DB, identity, publisher)).toBe(false);
  await sweepIdentities(env.DB, new Date(now.getTime() + 1));
  expect(await takeIdentity(env.DB, identity, publisher)).toBe(true);
  expect((await idsLeft()).toSorted()).toEqual([exchanged.id, asked.id].toSorted());
  await sweepIdentities(env.DB, new Date(now.getTime() + limits.exchangedTokenKeptSeconds * 1000 + 1));
  expect(await idsLeft()).toEqual([asked.id]);
});
