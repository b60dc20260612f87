import { createExecutionContext, env, waitOnExecutionContext } from "cloudflare:test";
import { expect, it } from "vitest";
import { rateLimits } from "../../src/contract/limits/rate-limits.ts";
import { issueToken } from "../../src/operations/access/issue-token.ts";
import worker from "../../src/worker/main.ts";
import { adminToken, refusalOf } from "../http/a-registry.ts";
import { broken } from "./a-broken-env.ts";

const limited = { ...env, RATE_LIMITS: "on" };

async function send(path: string, headers: Record<string, string>, from: Env = limited): Promise<Response> {
  const ctx = createExecutionContext();
  const request = new Request<unknown, IncomingRequestCfProperties>(`http://localhost${path}`, { headers });
  const response = await worker.fetch(request, from, ctx);
  await waitOnExecutionContext(ctx);
  return response;
}

/** Uses up what is left of a counter in this minute: the local one counts by `delta` where that is said. */
async function useUp(limiter: RateLimit, key: string, requests: number): Promise<void> {
  const all = { key, delta: requests };
  await limiter.limit(all);
}

/** What is asked until the counter of `headers` refuses; a minute may begin in between. */
async function askUntilRefused(path: string, headers: Record<string, string>, fill: () => Promise<void>) {
  for (let time = 0; time < 3; time++) {
    await fill();
    const response = await send(path, headers);
    if (response.status === 429) return response;
    await response.body?.cancel();
  }
  return expect.unreachable(`${path} was never refused`);
}

it("an address without a token is refused beyond its rate, and told when to come again", async () => {
  const from = { "CF-Connecting-IP": "203.0.113.1" };
  const fresh = await send("/v1/skills/nothing", from);
  expect(fresh.headers.get("ratelimit-policy")).toBe('"address";q=3000;w=60');
  expect(fresh.headers.get("ratelimit")).toBeNull();
  await fresh.body?.cancel();

  const fill = () => useUp(env.RATE_ADDRESS, "203.0.113.1", rateLimits.address.requests);
  const response = await askUntilRefused("/v1/skills/nothing", from, fill);
  expect(response.headers.get("ratelimit-policy")).toBe('"address";q=3000;w=60');
  expect(response.headers.get("ratelimit")).toBe('"address";r=0;t=60');
  expect(response.headers.get("retry-after")).toBe("60");
  expect((await refusalOf(response, 429)).code).toBe("RATE_LIMITED");

  const oci = await askUntilRefused("/v2/_catalog", from, fill);
  expect(oci.headers.get("retry-after")).toBe("60");
  expect(await oci.json()).toMatchObject({ errors: [{ code: "TOOMANYREQUESTS" }] });

  for (const others of [
    { "CF-Connecting-IP": "203.0.113.2" },
    {},
    { ...from, Authorization: `Bearer ${adminToken}` },
  ]) {
    const path = "Authorization" in others ? "/v1/runs" : "/v1/skills/nothing";
    const answered = await send(path, others);
    expect(answered.status).not.toBe(429);
    await answered.body?.cancel();
  }
});

it("a token is refused beyond its class's rate, at /v2/ too, wherever it comes from", async () => {
  const wish = { names: ["*"], rateClass: "standard", expiresAt: null, publisher: null, by: "a test" } as const;
  const needs = { db: env.DB, now: () => new Date() };
  const busy = await issueToken(needs, { ...wish, name: "a busy token", scopes: ["admin"] });
  const other = await issueToken(needs, { ...wish, name: "a quiet token", scopes: ["admin"], rateClass: "high" });
  const fill = () => useUp(env.RATE_STANDARD, busy.id, rateLimits.standard.requests);
  const response = await askUntilRefused("/v1/runs", { Authorization: `Bearer ${busy.token}` }, fill);
  expect(response.headers.get("ratelimit")).toBe('"standard";r=0;t=60');
  expect((await refusalOf(response, 429)).detail).toContain("6000 requests in 60 s");
  const elsewhere = { Authorization: `Bearer ${busy.token}`, "CF-Connecting-IP": "203.0.113.9" };
  await refusalOf(await askUntilRefused("/v1/runs", elsewhere, fill), 429);
  const basic = { Authorization: `Basic ${btoa(`anyone:${busy.token}`)}` };
  expect(await (await askUntilRefused("/v2/_catalog", basic, fill)).json()).toMatchObject({
    errors: [{ code: "TOOMANYREQUESTS" }],
  });
  const quiet = await send("/v1/runs", { Authorization: `Bearer ${other.token}` });
  expect(quiet.status).toBe(200);
  expect(quiet.headers.get("ratelimit-policy")).toBe('"high";q=60000;w=60');
  await quiet.body?.cancel();
});

it("nobody is counted where the setting says so, nor where the counter fails", async () => {
  const from = { "CF-Connecting-IP": "203.0.113.3" };
  for (const other of [env, { ...limited, RATE_ADDRESS: broken(env.RATE_ADDRESS) }]) {
    const response = await send("/v1/skills/nothing", from, other);
    expect(response.status).not.toBe(429);
    expect(response.headers.get("ratelimit-policy")).toBeNull();
    await response.body?.cancel();
  }
});
