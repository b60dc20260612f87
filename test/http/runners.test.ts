import { env, evictDurableObject, runInDurableObject } from "cloudflare:test";
import { expect, it } from "vitest";
import { aTemplate } from "../worker/a-pooled-run.ts";
import { aDevice, keyOf, poolStub, TestRunner } from "../worker/a-runner.ts";
import { ask, change, refusalOf } from "./a-registry.ts";
import { aRun, getRun } from "./a-run.ts";

async function items(path: string): Promise<Record<string, unknown>[]> {
  const response = await ask("GET", path);
  expect(response.status).toBe(200);
  return (await response.json<{ items: Record<string, unknown>[] }>()).items;
}

async function runnerState(pool: string): Promise<unknown> {
  return (await items(`/v1/runners?pool=${pool}`))[0]?.state;
}

it("lists runners with what they can do and what they do", async () => {
  const name = await aTemplate({ requirements: { resources: { gpu: true, vram_gb: 4, cpu_cores: 2, memory_gb: 8 } } });
  const { runner } = await TestRunner.connect({
    pool: "listed",
    handlers: [name],
    devices: [aDevice(8192)],
    name: "box-9",
  });
  const run = await aRun(name, { inputs: {}, pool: "listed" });
  const job = await runner.hear("job");
  await runner.beat([keyOf(job)], { warm: [job.digest], vram: { "0": 512 } });
  expect(await items("/v1/runners?pool=listed")).toMatchObject([
    {
      name: "box-9",
      pool: "listed",
      state: "ready",
      devices: [{ vram_mb: 8192, vram_leased_mb: 4096, vram_other_mb: 512 }],
      memory_leased_mb: 8192,
      cpu_cores_leased: 2,
      running: [{ run_id: run.id, name, device: 0 }],
      warm: [job.digest],
    },
  ]);
  expect((await items("/v1/runners")).map((one) => one.name)).toContain("box-9");
  expect((await items("/v1/pools")).find((pool) => pool.name === "listed")).toMatchObject({
    depth: 0,
    active: 1,
    runners: 1,
    runners_ready: 1,
    devices: 1,
    vram_mb: 8192,
    vram_leased_mb: 4096,
  });
});

it("gives a drained runner no jobs, leaves it those that it has, and gives it jobs again when it is resumed", async () => {
  const name = await aTemplate();
  const { runner } = await TestRunner.connect({ pool: "drained", handlers: [name] });
  await aRun(name, { inputs: {}, pool: "drained" });
  const first = await runner.hear("job");
  const path = `/v1/runners/${runner.capabilities.runner_id}`;
  await change("POST", `${path}:drain`);
  await change("POST", `${path}:drain?pool=drained`);
  expect(await runner.hear("drain")).toEqual({ type: "drain", on: true });
  const waiting = await aRun(name, { inputs: {}, pool: "drained" });
  runner.result(first);
  await runner.hear("accepted");
  expect(runner.hasHeard("job")).toBe(false);
  expect(await runnerState("drained")).toBe("draining");
  expect(await getRun(waiting.id)).toMatchObject({ waiting: { why: "no_capable_runner" } });
  const { runner: again } = await TestRunner.connect({ ...runner.capabilities });
  expect(await again.hear("drain")).toEqual({ type: "drain", on: true });
  await change("POST", `${path}:resume`);
  expect(await again.hear("job")).toMatchObject({ run_id: waiting.id });
});

it("gives a runner that waits for approval no jobs until an admin approves it", async () => {
  const name = await aTemplate();
  const { runner, welcome } = await TestRunner.connect({ pool: "approval", handlers: [name] });
  expect(welcome.approved).toBe(true);
  // As RUNNER_APPROVAL = "manual" would have recorded it.
  await runInDurableObject(poolStub("approval"), (_, { storage }) =>
    storage.sql.exec("UPDATE runner SET is_approved = 0"),
  );
  await evictDurableObject(poolStub("approval"));
  const run = await aRun(name, { inputs: {}, pool: "approval" });
  await runner.beat();
  expect(runner.hasHeard("job")).toBe(false);
  expect(await runnerState("approval")).toBe("pending");
  expect(await getRun(run.id)).toMatchObject({ waiting: { why: "no_capable_runner" } });
  await change("POST", `/v1/runners/${runner.capabilities.runner_id}:approve`);
  await runner.hear("approved");
  expect(await runner.hear("job")).toMatchObject({ run_id: run.id });
});

it("takes the leases of a removed runner back, and knows it no more", async () => {
  const name = await aTemplate();
  const { runner } = await TestRunner.connect({ pool: "removed", handlers: [name] });
  const run = await aRun(name, { inputs: {}, pool: "removed" });
  await runner.hear("job");
  await change("DELETE", `/v1/runners/${runner.capabilities.runner_id}`);
  await change("DELETE", `/v1/runners/${runner.capabilities.runner_id}`);
  expect((await runner.closing()).code).toBe(1000);
  expect(await items("/v1/runners?pool=removed")).toEqual([]);
  expect(await getRun(run.id)).toMatchObject({ state: "queued", attempt: 1 });
});

it("says so when a runner is not known", async () => {
  const path = `/v1/runners/${crypto.randomUUID()}`;
  for (const verb of ["approve", "drain", "resume"]) {
    expect((await refusalOf(await ask("POST", `${path}:${verb}`), 404)).code).toBe("RUNNER_NOT_FOUND");
  }
  expect((await refusalOf(await ask("POST", "/v1/runners/box-1:drain"), 400)).code).toBe("INVALID_REQUEST");
});

it("takes runners by WebSocket only, and only with a token", async () => {
  expect((await refusalOf(await ask("GET", "/v1/runners/connect"), 426)).code).toBe("UPGRADE_REQUIRED");
  const upgrade = { headers: { Upgrade: "websocket" }, token: null };
  expect((await refusalOf(await ask("GET", "/v1/runners/connect", upgrade), 401)).code).toBe("UNAUTHENTICATED");
  const bad = await ask("GET", "/v1/runners/connect?pool=No Such", { headers: { Upgrade: "websocket" } });
  expect((await refusalOf(bad, 400)).code).toBe("INVALID_REQUEST");
});

it("lists the pools that answer when one does not", async () => {
  await TestRunner.connect({ pool: "answers" });
  await poolStub("answers").pool();
  await env.DB.prepare("INSERT INTO pool (name, created_at) VALUES ('Not.A.Pool', '2026-01-01T00:00:00.000Z')").run();
  expect((await items("/v1/pools")).map((pool) => pool.name)).toContain("answers");
});
