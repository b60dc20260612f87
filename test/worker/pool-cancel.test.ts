import { env, SELF } from "cloudflare:test";
import { afterEach, expect, it, vi } from "vitest";
import { runEvent } from "../../src/contract/run/run-event.ts";
import { adminToken } from "../http/a-registry.ts";
import { aRun, cancelRun, getRun, runOf } from "../http/a-run.ts";
import { aLeasedRun, aTemplate, eventsOf } from "./a-pooled-run.ts";
import { keyOf, poolStub, TestRunner, untilRun } from "./a-runner.ts";

afterEach(() => {
  vi.useRealTimers();
});

it("tells a runner to stop a job whose run is cancelled, and refuses what it still says", async () => {
  const { run, runner, job } = await aLeasedRun("cancelled");
  runner.started(job);
  await untilRun(run.id, { state: "running" });
  await runOf(await cancelRun(run.id, { reason: "changed my mind" }));
  expect(await runner.hear("cancel")).toMatchObject({
    ...keyOf(job),
    reason: expect.stringContaining("changed my mind"),
  });
  runner.result(job);
  expect(await runner.hear("refused")).toMatchObject({ ...keyOf(job), message: expect.stringContaining("cancelled") });
  const ended = await getRun(run.id);
  expect(ended).toMatchObject({ state: "cancelled", attempts: [{ outcome: "cancelled" }] });
  expect((await eventsOf("cancelled", run.id)).at(-1)).toMatchObject({ type: "state", state: "cancelled" });
});

it("never gives a cancelled run to a runner", async () => {
  const name = await aTemplate();
  const run = await aRun(name, { inputs: {}, pool: "unwanted" });
  await runOf(await cancelRun(run.id));
  const { runner } = await TestRunner.connect({ pool: "unwanted", handlers: [name] });
  await runner.beat();
  expect(runner.hasHeard("job")).toBe(false);
  expect(await poolStub("unwanted").pool()).toMatchObject({ depth: 0, active: 0 });
});

it("does not take a run that was cancelled before it was offered", async () => {
  const { run, runner, job } = await aLeasedRun("early");
  await poolStub("early").drop(run.id, "test");
  await runner.hear("cancel");
  expect(job.run_id).toBe(run.id);
  const unseen = crypto.randomUUID();
  await poolStub("early").drop(unseen, "test");
  expect(await poolStub("early").awaitEnd(unseen, 1000)).toBe(true);
});

it("finds out by itself that a run was cancelled though nobody could tell it", async () => {
  const { run, runner, job } = await aLeasedRun("untold");
  await untilRun(run.id, { state: "leased" });
  await env.DB.prepare("UPDATE run SET state = 'cancelled', cancelled_by = 'test' WHERE id = ?").bind(run.id).run();
  runner.started(job);
  expect(await runner.hear("cancel")).toMatchObject(keyOf(job));
  runner.result(job);
  await runner.hear("refused");
  expect(await getRun(run.id)).toMatchObject({ state: "cancelled" });
});

it("sends a listener what there was and what comes, and hangs up when the run has ended", async () => {
  const { run, runner, job } = await aLeasedRun("listened");
  const response = await SELF.fetch(`http://localhost/v1/runs/${run.id}/events?after=1`, {
    headers: { Upgrade: "websocket", Authorization: `Bearer ${adminToken}` },
  });
  const socket = response.webSocket;
  if (socket === null) throw new Error(`no socket: ${response.status}`);
  const heard: string[] = [];
  const closed = new Promise<number>((resolve) => socket.addEventListener("close", ({ code }) => resolve(code)));
  socket.addEventListener("message", ({ data }) => {
    const event = runEvent.parse(JSON.parse(String(data)));
    heard.push(event.type === "state" ? event.state : event.type);
  });
  socket.accept();
  runner.started(job);
  runner.say({ type: "log", ...keyOf(job), stream: "stderr", lines: ["a warning"] });
  runner.result(job);
  expect(await closed).toBe(1000);
  expect(heard).toEqual(["leased", "running", "log", "succeeded"]);
});
