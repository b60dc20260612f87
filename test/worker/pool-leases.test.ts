import { abortAllDurableObjects, env, evictDurableObject } from "cloudflare:test";
import { afterEach, expect, it, vi } from "vitest";
import { aRun, getRun } from "../http/a-run.ts";
import { aLeasedRun, eventsOf } from "./a-pooled-run.ts";
import { keyOf, passTime, poolStub, TestRunner, untilRun } from "./a-runner.ts";

afterEach(() => {
  vi.useRealTimers();
});

/** A runner that could do the same jobs, in the same pool. */
function another(runner: TestRunner, name: string) {
  const { pool, handlers } = runner.capabilities;
  return TestRunner.connect({ pool, handlers, name });
}

it("takes a job back from a runner that is not heard of for as long as a lease is, and gives it to another", async () => {
  const { run, runner, job } = await aLeasedRun("silent", { runner: { name: "silent-box" } });
  await passTime("silent", 31);
  expect(await runner.closing()).toMatchObject({ code: 1008 });
  const { runner: second } = await another(runner, "second-box");
  // A first failure is followed by up to 2 s of backoff.
  await passTime("silent", 3);
  const again = await second.hear("job");
  expect(again).toMatchObject({ run_id: run.id, attempt: 2, fence: 2 });
  second.result(again);
  await second.hear("accepted");
  expect(await getRun(run.id)).toMatchObject({
    state: "succeeded",
    attempts: [
      {
        fence: job.fence,
        outcome: "failed",
        failure: { code: "lease_expired", class: "transient", runner: "silent-box" },
      },
      { fence: 2, outcome: "succeeded" },
    ],
  });
});

it("hears a runner by its heartbeats alone: whatever else it says, without them it is gone", async () => {
  const { runner, job } = await aLeasedRun("chatty");
  runner.started(job);
  await passTime("chatty", 20);
  runner.say({ type: "log", ...keyOf(job), stream: "stdout", lines: ["still here"] });
  runner.say({ type: "progress", ...keyOf(job), stage: "execute", fraction: 0.5, message: null, preview: null });
  await passTime("chatty", 11);
  expect(await runner.closing()).toMatchObject({ code: 1008 });
});

it("leaves a job with a runner for as long as it beats", async () => {
  const { runner, job } = await aLeasedRun("steady");
  for (let round = 0; round < 5; round++) {
    await passTime("steady", 20);
    expect(await runner.beat([keyOf(job)])).toEqual({ type: "heard", lost: [] });
  }
  runner.result(job);
  await runner.hear("accepted");
});

it("refuses the late result of a lease that is over", async () => {
  const { run, runner, job } = await aLeasedRun("late");
  const { runner: second } = await another(runner, "second-box");
  runner.close();
  await passTime("late", 20);
  await second.beat();
  await passTime("late", 11);
  await passTime("late", 3);
  const again = await second.hear("job");
  const back = await TestRunner.connect({ ...runner.capabilities }, [keyOf(job)]);
  expect(back.welcome.leases).toEqual([]);
  back.runner.result(job, [{ result: "late" }]);
  expect(await back.runner.hear("refused")).toMatchObject({
    run_id: run.id,
    fence: 1,
    message: expect.stringMatching(/over/),
  });
  second.result(again, [{ result: "in time" }]);
  await second.hear("accepted");
  back.runner.result(job, [{ result: "later still" }]);
  expect(await back.runner.hear("refused")).toMatchObject({ fence: 1 });
  expect(await getRun(run.id)).toMatchObject({ outputs: [{ outputs: { result: "in time" } }] });
});

it("takes the same result twice, and counts it once", async () => {
  const { run, runner, job } = await aLeasedRun("twice");
  runner.result(job);
  runner.result(job);
  await runner.hear("accepted");
  runner.result(job);
  await runner.hear("accepted");
  await runner.beat();
  const count = await env.DB.prepare("SELECT COUNT(*) AS n FROM entity WHERE derived_from_run = ?")
    .bind(run.id)
    .first("n");
  expect(count).toBe(1);
  const [box] = await poolStub("twice").runners();
  expect(box).toMatchObject({ succeeded: 1, failed: 0, running: [] });
});

it("answers a repeated result even when it has long forgotten the run", async () => {
  const { run, runner, job } = await aLeasedRun("forgotten");
  runner.result(job);
  await runner.hear("accepted");
  for (let minutes = 0; minutes < 62; minutes += 1) {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 60_000 });
    await runner.beat();
  }
  await passTime("forgotten", 1);
  await runner.beat();
  expect(await poolStub("forgotten").events(run.id, 0, 10)).toBeNull();
  runner.result(job);
  expect(await runner.hear("accepted")).toMatchObject({ run_id: run.id });
  runner.result({ run_id: run.id, fence: 7 });
  expect(await runner.hear("refused")).toMatchObject({ run_id: run.id, fence: 7 });
  runner.result({ run_id: crypto.randomUUID(), fence: 1 });
  await runner.hear("refused");
});

it("leaves its leases to a runner that comes back in time and names them", async () => {
  const { run, runner, job } = await aLeasedRun("back");
  runner.started(job);
  runner.close();
  await passTime("back", 20);
  const { runner: again, welcome } = await TestRunner.connect({ ...runner.capabilities }, [keyOf(job)]);
  expect(welcome.leases).toEqual([keyOf(job)]);
  again.result(job);
  await again.hear("accepted");
  expect(await getRun(run.id)).toMatchObject({ state: "succeeded", attempt: 1 });
});

it("takes back at once what a runner has forgotten when it comes back", async () => {
  const { run, runner } = await aLeasedRun("forgot");
  runner.close();
  const { runner: again, welcome } = await TestRunner.connect({ ...runner.capabilities }, []);
  expect(welcome.leases).toEqual([]);
  await passTime("forgot", 3);
  expect(await again.hear("job")).toMatchObject({ run_id: run.id, attempt: 2, fence: 2 });
});

it("takes back a job that never reached its runner, though the runner beats", async () => {
  const { run, runner } = await aLeasedRun("unheard");
  await passTime("unheard", 20);
  await runner.beat([]);
  expect(await getRun(run.id)).toMatchObject({ state: "leased" });
  await passTime("unheard", 11);
  await runner.beat([]);
  await passTime("unheard", 3);
  expect(await runner.hear("job")).toMatchObject({ run_id: run.id, fence: 2 });
});

it("tells a runner by its heartbeat which leases it no longer has", async () => {
  const { runner, job } = await aLeasedRun("lost");
  const other = { run_id: crypto.randomUUID(), fence: 3 };
  expect(await runner.beat([keyOf(job), other, { run_id: job.run_id, fence: 9 }])).toEqual({
    type: "heard",
    lost: [other, { run_id: job.run_id, fence: 9 }],
  });
});

it("lets the newer of two connections of one runner win", async () => {
  const { runner, job } = await aLeasedRun("newer");
  const { runner: newer, welcome } = await TestRunner.connect({ ...runner.capabilities }, [keyOf(job)]);
  expect(await runner.closing()).toMatchObject({ code: 1008 });
  expect(welcome.leases).toEqual([keyOf(job)]);
  newer.result(job);
  await newer.hear("accepted");
});

it("goes on from its disk after hibernation: jobs, leases and connections", async () => {
  const { name, run, runner, job } = await aLeasedRun("evicted", { runner: { slots: 1 } });
  runner.started(job);
  await runner.beat([keyOf(job)]);
  const waiting = await aRun(name, { inputs: {}, pool: "evicted" });
  await evictDurableObject(poolStub("evicted"));
  expect(await poolStub("evicted").pool()).toMatchObject({
    name: "evicted",
    depth: 1,
    active: 1,
    runners: 1,
    runners_ready: 1,
  });
  expect(await getRun(run.id)).toMatchObject({ state: "running" });
  await evictDurableObject(poolStub("evicted"));
  runner.result(job);
  expect(await runner.hear("accepted")).toMatchObject({ run_id: run.id });
  expect(await runner.hear("job")).toMatchObject({ run_id: waiting.id });
});

it("loses nothing when it is killed: runs that wait, runs that are leased, numbers of events", async () => {
  const { name, run, runner, job } = await aLeasedRun("killed", { runner: { slots: 1 } });
  runner.started(job);
  await runner.beat([keyOf(job)]);
  const waiting = await aRun(name, { inputs: {}, pool: "killed" });
  await abortAllDurableObjects();
  const { runner: again, welcome } = await TestRunner.connect({ ...runner.capabilities }, [keyOf(job)]);
  expect(welcome.leases).toEqual([keyOf(job)]);
  again.result(job);
  await again.hear("accepted");
  expect(await again.hear("job")).toMatchObject({ run_id: waiting.id, fence: 1 });
  const ids = (await eventsOf("killed", run.id)).map(({ id }) => id);
  expect(ids).toEqual(ids.map((_, at) => at + 1));
});

it("gives runners a whole lease to come back after it was killed itself", async () => {
  const { run, runner, job } = await aLeasedRun("killed_late");
  await runner.beat([keyOf(job)]);
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 300_000 });
  await abortAllDurableObjects();
  expect(await poolStub("killed_late").pool()).toMatchObject({ active: 1, runners: 0 });
  await passTime("killed_late", 20);
  expect(await poolStub("killed_late").pool()).toMatchObject({ active: 1, depth: 0 });
  await passTime("killed_late", 11);
  expect(await poolStub("killed_late").pool()).toMatchObject({ active: 0, depth: 1 });
  await untilRun(run.id, { state: "queued", attempt: 1 });
});
