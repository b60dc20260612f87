import { env, evictDurableObject, runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { runEvent } from "../../src/contract/run/run-event.ts";
import { ask } from "../http/a-registry.ts";
import { aRun, getRun } from "../http/a-run.ts";
import { aLeasedRun } from "./a-pooled-run.ts";
import { keyOf, passTime, poolStub, TestRunner, untilRun } from "./a-runner.ts";

beforeEach(() => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
});
afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** Takes the table of runs away for as long as `work` takes: every statement about runs fails in D1 itself. */
async function withoutRuns<Value>(work: () => Promise<Value>): Promise<Value> {
  await env.DB.prepare("ALTER TABLE run RENAME TO run_away").run();
  try {
    return await work();
  } finally {
    await env.DB.prepare("ALTER TABLE run_away RENAME TO run").run();
  }
}

function endingOf(pool: string, runId: string): Promise<unknown> {
  return runInDurableObject(
    poolStub(pool),
    (_, { storage }) => storage.sql.exec("SELECT ending FROM job WHERE run_id = ?", runId).toArray()[0]?.ending,
  );
}

it("keeps a result that D1 does not take, through its own death too, and commits it when D1 is back", async () => {
  const { run, runner, job } = await aLeasedRun("outage");
  runner.started(job);
  await untilRun(run.id, { state: "running" });
  await withoutRuns(async () => {
    runner.result(job, [{ result: "kept" }]);
    await vi.waitFor(async () => expect(await endingOf("outage", run.id)).toEqual(expect.stringContaining("kept")));
    await runner.beat([keyOf(job)]);
    expect(runner.hasHeard("accepted")).toBe(false);
    await evictDurableObject(poolStub("outage"));
    await passTime("outage", 2);
    expect(runner.hasHeard("accepted")).toBe(false);
  });
  await passTime("outage", 61);
  await untilRun(run.id, { state: "succeeded", fence: 1 });
  expect(await getRun(run.id)).toMatchObject({ outputs: [{ outputs: { result: "kept" } }] });
});

it("keeps a final failure that D1 does not take, while the runner's room is free for others", async () => {
  const { name, run, runner, job } = await aLeasedRun("outage_failure", { runner: { slots: 1 } });
  const next = await aRun(name, { inputs: {}, pool: "outage_failure" });
  await untilRun(run.id, { state: "leased" });
  await withoutRuns(async () => {
    runner.failure(job, { class: "permanent", code: "model_missing" });
    expect(await runner.hear("job")).toMatchObject({ run_id: next.id });
    await vi.waitFor(async () => expect(await endingOf("outage_failure", run.id)).toEqual(expect.any(String)));
    // Said again, it changes nothing.
    runner.failure(job, { class: "permanent", code: "model_missing" });
    await runner.beat([keyOf(job)]);
    expect(runner.hasHeard("accepted")).toBe(false);
  });
  await passTime("outage_failure", 10);
  expect(await runner.hear("accepted")).toMatchObject(keyOf(job));
  expect(await getRun(run.id)).toMatchObject({ state: "failed", failure: { code: "model_missing" } });
});

it("tells D1 later who has a run, when it could not be told at once", async () => {
  const { name, runner } = await aLeasedRun("outage_mirror", { runner: { slots: 2 } });
  const run = await aRun(name, { inputs: {}, pool: "outage_mirror" });
  const job = await runner.hear("job");
  await withoutRuns(async () => {
    await passTime("outage_mirror", 6);
    await runner.beat();
  });
  await passTime("outage_mirror", 6);
  await untilRun(run.id, { state: "leased", fence: job.fence });
});

it("moves the events of a run into R2 some minutes after its end, where they can be read", async () => {
  const { run, runner, job } = await aLeasedRun("archive");
  runner.started(job);
  runner.say({ type: "log", ...keyOf(job), stream: "stdout", lines: ["hello"] });
  runner.result(job);
  await runner.hear("accepted");
  await passTime("archive", 299);
  expect(await poolStub("archive").events(run.id, 0, 100)).toMatchObject({ ended: true });
  await passTime("archive", 2);
  expect(await poolStub("archive").events(run.id, 0, 100)).toBeNull();
  const digest = await env.DB.prepare("SELECT events_digest FROM run WHERE id = ?")
    .bind(run.id)
    .first<string>("events_digest");
  const bytes = await env.BLOBS.get(`blobs/${digest?.replace(":", "/")}`);
  const lines = ((await bytes?.text()) ?? "").trim().split("\n");
  const events = lines.map((line) => runEvent.parse(JSON.parse(line)));
  expect(events.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5]);
  const page = await ask("GET", `/v1/runs/${run.id}/events`);
  expect(await page.json()).toEqual({ events, ended: true });
});

it("does not ring its alarm without end when nothing is to be done", async () => {
  const { runner, job } = await aLeasedRun("quiet");
  runner.result(job);
  await runner.hear("accepted");
  runner.close();
  await passTime("quiet", 400);
  await passTime("quiet", 4000);
  const alarmOf = () => runInDurableObject(poolStub("quiet"), (_, { storage }) => storage.getAlarm());
  // In a week the runner is forgotten.
  expect((await alarmOf()) ?? 0).toBeGreaterThan(Date.now() + 6 * 24 * 3600_000);
  expect(await poolStub("quiet").runners()).toMatchObject([{ state: "disconnected" }]);
  await passTime("quiet", 8 * 24 * 3600);
  expect(await poolStub("quiet").runners()).toEqual([]);
  expect(await alarmOf()).toBeNull();
  await TestRunner.connect({ ...runner.capabilities });
});
