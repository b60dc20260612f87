import { createExecutionContext, env, waitOnExecutionContext } from "cloudflare:test";
import { afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { createApp } from "../../src/http/app.ts";
import type { Needs } from "../../src/http/needs.ts";
import { runnerPoolsOf } from "../../src/worker/runner-pools.ts";
import { wireRequest } from "../../src/worker/wire-request.ts";
import { broken } from "../worker/a-broken-env.ts";
import { aDocument, adminToken, publish, refusalOf } from "./a-registry.ts";
import { askRun, getRun, plainInputs, runOf } from "./a-run.ts";

const app = createApp();
const pools = runnerPoolsOf(env);
const deafPools = { pools: (name: string) => broken(pools(name), ["offer"]) };
const deafQueue = { gpuJobs: broken(env.GPU_JOBS) };
const fox = (pool: string) => ({ inputs: { prompt: "a fox" }, pool });

beforeAll(async () => {
  await publish(aDocument("painter", { inputs: plainInputs }));
});
beforeEach(() => {
  for (const level of ["error", "warn"] as const) vi.spyOn(console, level).mockImplementation(() => undefined);
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** Asks for a run of a Worker some of whose needs do not answer. */
async function askWithout(
  gone: Partial<Needs>,
  body: object,
  headers: Record<string, string> = {},
  from: Env = env,
): Promise<Response> {
  const request = new Request("http://localhost/v1/templates/painter/runs", {
    method: "POST",
    headers: { Authorization: `Bearer ${adminToken}`, "Content-Type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  const ctx = createExecutionContext();
  const response = await app.fetch(request, { ...wireRequest(from, ctx, request), ...gone }, ctx);
  await waitOnExecutionContext(ctx);
  return response;
}

it("reaches its pool by the first offer alone when the queue does not answer", async () => {
  const run = await runOf(await askWithout(deafQueue, fox("outage.queue")), 202);
  expect(await pools("outage.queue").holds([run.id])).toEqual([run.id]);
});

it("reaches its pool by the queue alone when the pool does not answer at once", async () => {
  const run = await runOf(await askWithout(deafPools, fox("outage.pool")), 202);
  await vi.waitFor(async () => expect(await pools("outage.pool").holds([run.id])).toEqual([run.id]), {
    timeout: 15_000,
  });
});

it("says 503 and which run is recorded when neither answers; a repetition with its key finds it, and offers it again", async () => {
  const key = { "Idempotency-Key": "both-gone" };
  const response = await askWithout({ ...deafPools, ...deafQueue }, fox("outage.both"), key);
  expect(response.headers.get("retry-after")).toBe("60");
  const told = await refusalOf(response, 503);
  expect(told.code).toBe("UNAVAILABLE");
  const id = /run (\S+) is recorded/.exec(told.detail)?.[1] ?? "";
  expect(await getRun(id)).toMatchObject({ state: "queued", waiting: { why: "not_offered" } });
  expect(await pools("outage.both").holds([id])).toEqual([]);
  expect((await runOf(await askRun("painter", fox("outage.both"), key), 200)).id).toBe(id);
  await vi.waitFor(async () => expect(await pools("outage.both").holds([id])).toEqual([id]));
});

it("says 503 and records nothing when D1 does not answer", async () => {
  await runOf(await askRun("painter", fox("outage.d1")), 202);
  const count = () => env.DB.prepare("SELECT COUNT(*) AS runs FROM run").first("runs");
  const before = await count();
  const response = await askWithout({}, fox("outage.d1"), {}, { ...env, DB: broken(env.DB) });
  expect(response.headers.get("retry-after")).toMatch(/^\d+$/);
  expect((await refusalOf(response, 503)).code).toBe("UNAVAILABLE");
  expect(await count()).toBe(before);
});
