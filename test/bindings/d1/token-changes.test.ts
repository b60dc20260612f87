import { env } from "cloudflare:test";
import { expect, it } from "vitest";
import { insertTokenIfFree, isNameTaken, replaceToken } from "../../../src/bindings/d1/access/token-changes.ts";
import { loadToken } from "../../../src/bindings/d1/access/token-row.ts";
import { makeToken } from "../../../src/operations/access/issue-token.ts";

const now = new Date();
const most = 1_000_000;

function aToken(name: string, parts: { publisher?: string; expiresAt?: string } = {}) {
  const { publisher = null, expiresAt = null } = parts;
  const wish = { name, scopes: ["read"] as const, names: ["*"], rateClass: "standard" as const, by: "a test" };
  return makeToken({ ...wish, publisher, expiresAt }, now).row;
}

it("writes no token beyond as many as may be", async () => {
  expect(await insertTokenIfFree(env.DB, aToken("changes a"), most)).toBe(true);
  expect(await insertTokenIfFree(env.DB, aToken("changes b"), 1)).toBe(false);
  expect(await isNameTaken(env.DB, "changes b", now.toISOString())).toBe(false);
});

it("takes a name for free when who had it has expired, or was given it for an identity", async () => {
  const past = new Date(now.getTime() - 1).toISOString();
  for (const parts of [{ expiresAt: past }, { publisher: "pub_0000000000000000" }, {}]) {
    expect(await insertTokenIfFree(env.DB, aToken("changes c", parts), most)).toBe(true);
  }
  expect(await insertTokenIfFree(env.DB, aToken("changes c"), most)).toBe(false);
  expect(await isNameTaken(env.DB, "changes c", now.toISOString())).toBe(true);
});

it("replaces a token once, whole or not at all", async () => {
  const before = aToken("changes d", { expiresAt: new Date(now.getTime() + 1000).toISOString() });
  expect(await insertTokenIfFree(env.DB, before, most)).toBe(true);
  const later = new Date(now.getTime() + 3600_000).toISOString();
  const after = aToken("changes d");
  expect(await replaceToken(env.DB, before.id, after, { expiresAt: later })).toBe(true);
  // An overlap makes no life longer.
  expect((await loadToken(env.DB, before.id))?.expires_at).toBe(before.expires_at);
  const another = aToken("changes d");
  const end = { revokedAt: now.toISOString(), by: "a test" };
  expect(await replaceToken(env.DB, before.id, another, end)).toBe(false);
  expect(await loadToken(env.DB, another.id)).toBeNull();
  expect((await loadToken(env.DB, before.id))?.revoked_at).toBeNull();
});
