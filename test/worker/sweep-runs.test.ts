import { createExecutionContext, env, waitOnExecutionContext } from "cloudflare:test";
import { afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { limits } from "../../src/contract/limits.ts";
import { createApp } from "../../src/http/app.ts";
import { sweepKeys, sweepRuns } from "../../src/operations/run/sweep-runs.ts";
import { runnerPoolsOf } from "../../src/worker/runner-pools.ts";
import { wireRequest } from "../../src/worker/wire-request.ts";
import { aDocument, adminToken, publish, refusalOf } from "../http/a-registry.ts";
import { askRun, cancelRun, plainInputs, runOf } from "../http/a-run.ts";
import { broken } from "./a-broken-env.ts";

const pools = runnerPoolsOf(env);
const inAMinute = () => new Date(Date.now() + 61_000);

beforeAll(async () => {
  await publish(aDocument("painter", { inputs: plainInputs }));
});

beforeEach(() => {
  for (const level of ["error", "warn"] as const) vi.spyOn(console, level).mockImplementation(() => undefined);
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** A run that was recorded by a Worker that died before it could tell queue or pool. */
async function aLostRun(pool: string): Promise<string> {
  const request = new Request("http://localhost/v1/templates/painter/runs", {
    method: "POST",
    headers: { Authorization: `Bearer ${adminToken}`, "Content-Type": "application/json" },
    body: JSON.stringify({ inputs: { prompt: "x" }, pool }),
  });
  const ctx = createExecutionContext();
  const needs = wireRequest(env, ctx, request);
  const gone = { gpuJobs: broken(env.GPU_JOBS), pools: (name: string) => broken(pools(name), ["offer"]) };
  const refused = await refusalOf(await createApp().fetch(request, { ...needs, ...gone }, ctx), 503);
  await waitOnExecutionContext(ctx);
  const id = /run (\S+) is recorded/.exec(refused.detail)?.[1];
  if (id === undefined) throw new Error(refused.detail);
  return id;
}

it("offers runs again that their pool does not have", async () => {
  const ids = [await aLostRun("sweep.a"), await aLostRun("sweep.a"), await aLostRun("sweep.b")];
  expect(await pools("sweep.a").holds(ids)).toEqual([]);
  await sweepRuns({ db: env.DB, pools }, inAMinute());
  expect((await pools("sweep.a").holds(ids)).sort()).toEqual(ids.slice(0, 2).sort());
  expect(await pools("sweep.b").holds(ids)).toEqual(ids.slice(2));
  expect(await sweepRuns({ db: env.DB, pools }, inAMinute())).toBe(0);
});

it("leaves young runs and ended runs alone", async () => {
  const young = await aLostRun("sweep.young");
  await sweepRuns({ db: env.DB, pools }, new Date());
  expect(await pools("sweep.young").holds([young])).toEqual([]);
  await (await cancelRun(young)).body?.cancel();
  await sweepRuns({ db: env.DB, pools }, inAMinute());
  expect(await pools("sweep.young").holds([young])).toEqual([]);
});

it("goes on with other pools when one does not answer", async () => {
  const ids = [await aLostRun("sweep.deaf"), await aLostRun("sweep.well")];
  const some = (name: string) => (name === "sweep.deaf" ? broken(pools(name), ["holds"]) : pools(name));
  await sweepRuns({ db: env.DB, pools: some }, inAMinute());
  expect(await pools("sweep.deaf").holds(ids)).toEqual([]);
  expect(await pools("sweep.well").holds(ids)).toEqual(ids.slice(1));
});

it("forgets idempotency keys when their time is over", async () => {
  const key = { "Idempotency-Key": "swept" };
  const made = await runOf(await askRun("painter", { inputs: { prompt: "x" } }, key), 202);
  expect(await sweepKeys(env.DB, inAMinute())).toBe(0);
  expect(await sweepKeys(env.DB, new Date(Date.now() + (limits.idempotencySeconds + 60) * 1000))).toBe(1);
  const anew = await runOf(await askRun("painter", { inputs: { prompt: "x" } }, key), 202);
  expect(anew.id).not.toBe(made.id);
});
