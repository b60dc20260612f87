import { env } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { accessToken, type CreatedToken, createdToken, whoami } from "../../src/contract/access/token.ts";
import { tokenPage } from "../../src/contract/http/tokens.ts";
import { tokenDigest } from "../../src/domain/access/token-digest.ts";
import { adminToken, ask, askJson, read, refusalOf } from "./a-registry.ts";

let made = 0;
const aTokenName = () => `tokens-test ${++made}`;

async function create(parts: Record<string, unknown> = {}): Promise<CreatedToken> {
  const response = await askJson("POST", "/v1/tokens", { name: aTokenName(), scopes: ["read"], ...parts });
  expect(response.status, await response.clone().text()).toBe(201);
  expect(response.headers.get("cache-control")).toBe("no-store");
  const created = createdToken.parse(await response.json());
  expect(response.headers.get("location")).toBe(`/v1/tokens/${created.id}`);
  return created;
}

async function whoIs(token: string | null): Promise<ReturnType<typeof whoami.parse>> {
  const response = await ask("GET", "/v1/whoami", { token });
  expect(response.status, await response.clone().text()).toBe(200);
  return whoami.parse(await response.json());
}

/** Another row's time, as if it had passed: D1 is the truth of a token. */
async function set(id: string, column: "expires_at" | "revoked_at", at: string): Promise<void> {
  await env.DB.prepare(`UPDATE access_token SET ${column} = ? WHERE id = ?`).bind(at, id).run();
}

it("shows a new token once, keeps only its digest, and tells who comes with it", async () => {
  const created = await create({ scopes: ["publish", "run"], names: ["templates/blur_*"], rate_class: "high" });
  expect(created).toMatchObject({
    state: "live",
    created_by: "admin",
    names: ["templates/blur_*"],
    last_used_at: null,
  });
  expect(created.token.startsWith(created.hint)).toBe(true);
  expect(await whoIs(created.token)).toEqual({
    name: created.name,
    by: "token",
    token_id: created.id,
    scopes: ["publish", "run"],
    names: ["templates/blur_*"],
    rate_class: "high",
    expires_at: created.expires_at,
  });
  const response = await ask("GET", `/v1/tokens/${created.id}`);
  expect(response.headers.get("cache-control")).toBe("no-store");
  const text = await response.text();
  expect(text).not.toContain(created.token);
  expect(accessToken.parse(JSON.parse(text)).state).toBe("live");
  const row = await env.DB.prepare("SELECT * FROM access_token WHERE id = ?").bind(created.id).first();
  expect(JSON.stringify(row)).not.toContain(created.token.slice(12));
  expect(row?.digest).toBe(tokenDigest(created.token));
});

it("tells those who come without a token, and with the registry's own, who they are", async () => {
  expect(await whoIs(null)).toMatchObject({ name: "anonymous", by: "nothing", token_id: null, scopes: ["read"] });
  expect(await whoIs(adminToken)).toMatchObject({ name: "admin", by: "secret", token_id: null, scopes: ["admin"] });
});

it("notes when a token was used, to the minute", async () => {
  const created = await create();
  await whoIs(created.token);
  const [used] = await eventually(async () => {
    const found = accessToken.parse(await (await ask("GET", `/v1/tokens/${created.id}`)).json());
    return found.last_used_at === null ? [] : [found.last_used_at];
  });
  expect(used).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:00\.000Z$/);
});

describe("a token that is good no more", () => {
  it("is refused with 401, and told since when", async () => {
    const [expired, revoked] = [await create(), await create()];
    await set(expired.id, "expires_at", "2026-01-02T03:04:05.000Z");
    await set(revoked.id, "revoked_at", "2026-02-03T04:05:06.000Z");
    for (const path of ["/v1/whoami", "/v1/runs"]) {
      const ofExpired = await refusalOf(await ask("GET", path, { token: expired.token }), 401);
      expect(ofExpired.detail).toContain("expired at 2026-01-02T03:04:05.000Z");
      const ofRevoked = await refusalOf(await ask("GET", path, { token: revoked.token }), 401);
      expect(ofRevoked.detail).toContain("was revoked at 2026-02-03T04:05:06.000Z");
      const unknown = await refusalOf(await ask("GET", path, { token: `cst_${"1".repeat(48)}` }), 401);
      expect(unknown.detail).toContain("no token that this registry knows");
    }
    expect((await read("/v1/templates")).status).toBe(200);
    expect((await ask("GET", "/v1/templates", { token: revoked.token })).status).toBe(200);
  });

  it("ends within seconds of being revoked, and stays in the list of all", async () => {
    const created = await create({ scopes: ["read", "run"] });
    expect((await ask("GET", "/v1/runs", { token: created.token })).status).toBe(200);
    const revoked = accessToken.parse(await (await ask("DELETE", `/v1/tokens/${created.id}`)).json());
    expect(revoked).toMatchObject({ state: "revoked", revoked_by: "admin" });
    await eventually(async () => ((await ask("GET", "/v1/runs", { token: created.token })).status === 401 ? [1] : []));
    const again = accessToken.parse(await (await ask("DELETE", `/v1/tokens/${created.id}`)).json());
    expect(again).toEqual({ ...revoked, last_used_at: again.last_used_at });
    expect((await listed("?limit=200")).some(({ id }) => id === created.id)).toBe(false);
    expect((await listed("?limit=200&all=true")).some(({ id }) => id === created.id)).toBe(true);
  });
});

describe("a name", () => {
  it("belongs to one live token, and is free again when that is revoked", async () => {
    const first = await create();
    const refused = await refusalOf(await askJson("POST", "/v1/tokens", { name: first.name, scopes: ["read"] }), 409);
    expect(refused.code).toBe("STATE_CONFLICT");
    const at = once(20, () => askJson("POST", "/v1/tokens", { name: `${first.name} raced`, scopes: ["read"] }));
    const statuses = (await Promise.all(at)).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual([201, ...Array<number>(19).fill(409)]);
    await ask("DELETE", `/v1/tokens/${first.id}`);
    await create({ name: first.name });
  });

  it.each([
    "admin",
    "Admin",
    " anonymous ",
    "runner",
    "signed:x",
    "webhook:main",
    "GitHub:octo",
    "ａdmin",
    "service:x",
  ])("cannot be %s, which is the registry's own", async (name) => {
    const refused = await refusalOf(await askJson("POST", "/v1/tokens", { name, scopes: ["read"] }), 400);
    expect(refused.detail).toContain("the registry's own names");
  });
});

it("refuses an admin's or a runner's token for some names only, and what is no pattern", async () => {
  for (const scope of ["admin", "runner"]) {
    const body = { name: aTokenName(), scopes: ["read", scope], names: ["templates/*"] };
    const refused = await refusalOf(await askJson("POST", "/v1/tokens", body), 400);
    expect(refused.detail).toContain(`scope ${scope} is for every name`);
  }
  for (const names of [[], ["Templates/x"], ["templates/?"], ["a*b*".repeat(20)], ["templates/[a]"]]) {
    const response = await askJson("POST", "/v1/tokens", { name: aTokenName(), scopes: ["read"], names });
    await refusalOf(response, 400);
  }
});

describe("made anew", () => {
  it("a token has the same rights and another secret, and the one before ends when it was said to", async () => {
    const before = await create({ scopes: ["run"], names: ["functions/*"], expires_in_seconds: 3600 });
    const response = await askJson("POST", `/v1/tokens/${before.id}:rotate`, { overlap_seconds: 600 });
    const after = createdToken.parse(await response.json());
    expect(response.headers.get("cache-control")).toBe("no-store");
    const { id: _, token, hint: __, created_at: ___, expires_at, ...same } = after;
    expect(before).toMatchObject(same);
    expect(token).not.toBe(before.token);
    expect(Date.parse(expires_at ?? "") - Date.parse(after.created_at)).toBe(3600_000);
    expect((await whoIs(before.token)).name).toBe(before.name);
    expect((await whoIs(after.token)).token_id).toBe(after.id);
    const old = accessToken.parse(await (await ask("GET", `/v1/tokens/${before.id}`)).json());
    expect(Date.parse(old.expires_at ?? "") - Date.parse(after.created_at)).toBe(600_000);
    const twice = await refusalOf(await askJson("POST", `/v1/tokens/${before.id}:rotate`, {}), 409);
    expect(twice.code).toBe("STATE_CONFLICT");
  });

  it("at once, the one before is revoked; and of many askers one gets it", async () => {
    const before = await create();
    const asked = await Promise.all(once(10, () => ask("POST", `/v1/tokens/${before.id}:rotate`)));
    expect(asked.map(({ status }) => status).toSorted()).toEqual([201, ...Array<number>(9).fill(409)]);
    const old = accessToken.parse(await (await ask("GET", `/v1/tokens/${before.id}`)).json());
    expect(old).toMatchObject({ state: "revoked", revoked_by: "admin" });
  });
});

it("lists tokens newest first, page after page, without their secrets", async () => {
  const ids: string[] = [];
  for (let n = 0; n < 5; n++) ids.unshift((await create()).id);
  const found: string[] = [];
  let cursor: string | null = "";
  while (cursor !== null && found.length < ids.length) {
    const response = await ask("GET", `/v1/tokens?limit=2${cursor === "" ? "" : `&cursor=${cursor}`}`);
    expect(response.headers.get("cache-control")).toBe("no-store");
    const page: ReturnType<typeof tokenPage.parse> = tokenPage.parse(await response.json());
    found.push(...page.items.map(({ id }) => id).filter((id) => ids.includes(id)));
    cursor = page.next_cursor;
  }
  expect(found).toEqual(ids);
  await refusalOf(await ask("GET", "/v1/tokens?cursor=nonsense"), 400);
});

it("answers 404 for a token that never was, and 400 for what is no id", async () => {
  for (const [method, path] of [
    ["GET", "/v1/tokens/tok_0000000000000000"],
    ["DELETE", "/v1/tokens/tok_0000000000000000"],
    ["POST", "/v1/tokens/tok_0000000000000000:rotate"],
  ] as const) {
    expect((await refusalOf(await ask(method, path), 404)).code).toBe("TOKEN_NOT_FOUND");
    await refusalOf(await ask(method, path.replace("tok_0", "tok_x")), 400);
  }
});

async function listed(query: string): Promise<ReturnType<typeof tokenPage.parse>["items"]> {
  return tokenPage.parse(await (await ask("GET", `/v1/tokens${query}`)).json()).items;
}

function once<Value>(times: number, act: () => Promise<Value>): Promise<Value>[] {
  return Array.from({ length: times }, act);
}

/** What is there soon. */
async function eventually<Value>(look: () => Promise<Value[]>): Promise<Value[]> {
  for (let n = 0; n < 300; n++) {
    const found = await look();
    if (found.length > 0) return found;
    await scheduler.wait(50);
  }
  throw new Error("it never came");
}
