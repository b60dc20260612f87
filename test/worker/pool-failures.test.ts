import { env } from "cloudflare:test";
import { afterEach, expect, it, vi } from "vitest";
import { aRun, getRun } from "../http/a-run.ts";
import { aLeasedRun, aTemplate, eventsOf } from "./a-pooled-run.ts";
import { aDevice, keyOf, passTime, poolStub, TestRunner, untilRun } from "./a-runner.ts";

afterEach(() => {
  vi.useRealTimers();
});

it("tries a run again after a failure that may pass, and says meanwhile what it waits for", async () => {
  const { run, runner, job } = await aLeasedRun("transient", { request: { max_attempts: 2 } });
  vi.spyOn(Math, "random").mockReturnValue(0.999);
  runner.failure(job, { class: "transient", code: "upload_failed", message: "no route" });
  expect(await runner.hear("accepted")).toMatchObject(keyOf(job));
  vi.restoreAllMocks();
  expect(await getRun(run.id)).toMatchObject({
    state: "queued",
    attempt: 1,
    waiting: { why: "backoff", failure: { code: "upload_failed", message: "no route", attempt: 1, runner: "box" } },
  });
  await runner.beat();
  expect(runner.hasHeard("job")).toBe(false);
  await passTime("transient", 3);
  const again = await runner.hear("job");
  expect(again).toMatchObject({ run_id: run.id, attempt: 2, fence: 2 });
  const retried = (await eventsOf("transient", run.id)).find(
    (event) => event.type === "state" && event.failure !== null,
  );
  expect(retried).toMatchObject({ state: "queued", failure: { code: "upload_failed" }, retry_at: expect.any(String) });
});

it("fails a run whose attempts are spent, with an entity that says why", async () => {
  const { run, runner, job } = await aLeasedRun("spent", { request: { max_attempts: 1 } });
  runner.failure(job, { class: "transient", code: "upload_failed", message: "no route", detail: "line 1" });
  await runner.hear("accepted");
  const failed = await getRun(run.id);
  expect(failed).toMatchObject({
    state: "failed",
    failure: { class: "transient", code: "upload_failed", detail: "line 1", attempt: 1 },
    attempts: [{ outcome: "failed", failure: { code: "upload_failed" } }],
  });
  if (failed.state !== "failed") throw new Error("it did not fail");
  expect(failed.failure.message).toMatch(/^no route \(.*attempt.*\)$/);
  const entity = await env.DB.prepare("SELECT role, data, derived_from_run FROM entity WHERE ecs_id = ?")
    .bind(failed.failure_entity)
    .first<{ role: string; data: string }>();
  expect(entity).toMatchObject({ role: "failure", derived_from_run: run.id });
  expect(JSON.parse(entity?.data ?? "")).toMatchObject({ code: "upload_failed", runner: "box", attempt: 1 });
  runner.failure(job, { class: "transient", code: "upload_failed" });
  expect(await runner.hear("accepted")).toMatchObject(keyOf(job));
});

it("tells a runner again that its failure was taken, should it not have heard that", async () => {
  const { runner, job } = await aLeasedRun("again");
  runner.failure(job, { class: "transient", code: "upload_failed" });
  await runner.hear("accepted");
  runner.failure(job, { class: "transient", code: "upload_failed" });
  await runner.hear("accepted");
  expect(await poolStub("again").runners()).toMatchObject([{ failed: 1 }]);
});

it("fails at once what would fail again, and once more what nobody can tell", async () => {
  const permanent = await aLeasedRun("permanent", { request: { max_attempts: 5 } });
  permanent.runner.failure(permanent.job, { class: "permanent", code: "handler_missing" });
  await permanent.runner.hear("accepted");
  expect(await getRun(permanent.run.id)).toMatchObject({ state: "failed", attempt: 1 });

  const { run, runner, job } = await aLeasedRun("unknown", { request: { max_attempts: 5 } });
  runner.failure(job);
  await runner.hear("accepted");
  await passTime("unknown", 3);
  runner.failure(await runner.hear("job"));
  await runner.hear("accepted");
  expect(await getRun(run.id)).toMatchObject({ state: "failed", attempt: 2 });
});

it("asks for more VRAM after a device was too small, and gives the job to a larger one", async () => {
  const small = await aLeasedRun("oom", {
    template: { requirements: { resources: { gpu: true, vram_gb: 4 } } },
    runner: { name: "small", devices: [aDevice(8192)] },
  });
  const { runner: large } = await TestRunner.connect({
    pool: "oom",
    handlers: [small.name],
    name: "large",
    devices: [aDevice(24_576)],
  });
  expect(small.job.needs.vram_mb).toBe(4096);
  small.runner.failure(small.job, { class: "unknown", code: "out_of_vram", message: "CUDA out of memory" });
  await small.runner.hear("accepted");
  await passTime("oom", 6);
  const again = await large.hear("job");
  expect(again).toMatchObject({ run_id: small.run.id, attempt: 2 });
  expect(again.needs.vram_mb).toBeGreaterThan(8192);
});

it("says what is missing when no runner has what a grown job needs", async () => {
  const { run, runner, job } = await aLeasedRun("oom_alone", { runner: { memory_mb: 3000 } });
  runner.failure(job, { class: "resource", code: "out_of_memory" });
  await runner.hear("accepted");
  await passTime("oom_alone", 6);
  expect(await getRun(run.id)).toMatchObject({
    state: "queued",
    waiting: {
      why: "no_capable_runner",
      unmet: [{ requirement: "memory_mb", asked: expect.stringContaining("4096") }],
    },
  });
});

it("refuses outputs that the interface does not allow, tells the runner why, and fails the run", async () => {
  const { run, runner, job } = await aLeasedRun("bad", {
    template: { outputs: { result: { type: "string" }, image: { type: "file" } } },
  });
  runner.result(job, [{ result: 7, image: `sha256:${"0".repeat(64)}`, extra: 1 }]);
  const refused = await runner.hear("refused");
  expect(refused.message).toMatch(/invalid_outputs.*\/0\/result/);
  const failed = await getRun(run.id);
  expect(failed).toMatchObject({ state: "failed", failure: { class: "validation", code: "invalid_outputs" } });
  if (failed.state !== "failed") throw new Error("it did not fail");
  expect(failed.failure.detail).toContain("/0/extra");
});

it("refuses outputs that name a file which was never uploaded", async () => {
  const { run, runner, job } = await aLeasedRun("no_file", { template: { outputs: { image: { type: "file" } } } });
  runner.result(job, [{ image: `sha256:${"0".repeat(64)}` }]);
  expect((await runner.hear("refused")).message).toMatch(/\/0\/image/);
  expect(await getRun(run.id)).toMatchObject({ state: "failed", failure: { code: "invalid_outputs" } });
});

it("tries again when outputs should have been uploaded and were not", async () => {
  const { run, runner, job } = await aLeasedRun("no_upload");
  const digest = `sha256:${"1".repeat(64)}`;
  runner.say({ type: "result", ...keyOf(job), outputs: null, outputs_digest: digest, run_seconds: 1 });
  expect((await runner.hear("refused")).message).toContain("upload_failed");
  await passTime("no_upload", 3);
  expect(await runner.hear("job")).toMatchObject({ run_id: run.id, attempt: 2 });
});

it("ends a job that takes too long though its runner does not", async () => {
  const { run, runner, job } = await aLeasedRun("overdue", { request: { timeout_seconds: 60 } });
  runner.started(job);
  await runner.beat([keyOf(job)]);
  for (let round = 0; round < 4; round++) {
    await passTime("overdue", 20);
    await runner.beat([keyOf(job)]);
  }
  expect(runner.hasHeard("cancel")).toBe(false);
  await passTime("overdue", 11);
  expect(await runner.hear("cancel")).toMatchObject(keyOf(job));
  await untilRun(run.id, { state: "failed" });
  expect(await getRun(run.id)).toMatchObject({ failure: { class: "permanent", code: "timed_out" } });
});

it("takes a job back that its runner hands over unfinished, at no cost of an attempt", async () => {
  const { name, run, runner, job } = await aLeasedRun("released", { request: { max_attempts: 1 } });
  const { runner: second } = await TestRunner.connect({ pool: "released", handlers: [name], name: "second" });
  runner.say({ type: "draining" });
  runner.say({ type: "release", ...keyOf(job), reason: "going down" });
  await runner.hear("accepted");
  const again = await second.hear("job");
  expect(again).toMatchObject({ run_id: run.id, attempt: 1, fence: 2 });
  second.result(again);
  await second.hear("accepted");
  expect(await getRun(run.id)).toMatchObject({
    state: "succeeded",
    attempt: 1,
    attempts: [
      { fence: 1, outcome: "released" },
      { fence: 2, outcome: "succeeded" },
    ],
  });
});

it("does not send a job to and fro for ever when its runner hands it back each time", async () => {
  const { run, runner, job } = await aLeasedRun("to_and_fro");
  let leases = 1;
  let now = job;
  for (; leases <= 3; leases++) {
    runner.say({ type: "release", ...keyOf(now), reason: "not now" });
    now = await runner.hear("job");
  }
  runner.say({ type: "release", ...keyOf(now), reason: "not now" });
  await runner.beat();
  expect(runner.hasHeard("job")).toBe(false);
  expect(await getRun(run.id)).toMatchObject({ state: "queued", attempt: 0 });
  await passTime("to_and_fro", 3);
  expect(await runner.hear("job")).toMatchObject({ fence: 5, attempt: 1 });
});

it("stops giving jobs to a handler that fails every time, lets one try, and goes on when that succeeds", async () => {
  const name = await aTemplate();
  const { runner } = await TestRunner.connect({ pool: "circuit", handlers: [name], slots: 1 });
  const request = { inputs: {}, pool: "circuit", max_attempts: 1 };
  for (let count = 0; count < 5; count++) {
    await aRun(name, request);
    runner.failure(await runner.hear("job"), { class: "permanent", code: "dependency_missing" });
    await runner.hear("accepted");
  }
  const waiting = await aRun(name, request);
  await aRun(name, request);
  await runner.beat();
  expect(runner.hasHeard("job")).toBe(false);
  expect(await getRun(waiting.id)).toMatchObject({
    state: "queued",
    waiting: { why: "circuit_open", handler: name, failures: 5 },
  });
  expect(await poolStub("circuit").pool()).toMatchObject({ circuits_open: [{ handler: name, failures: 5 }] });
  await passTime("circuit", 29);
  await runner.beat();
  expect(runner.hasHeard("job")).toBe(false);
  await passTime("circuit", 2);
  const trial = await runner.hear("job");
  await runner.beat([keyOf(trial)]);
  expect(runner.hasHeard("job")).toBe(false);
  runner.result(trial);
  await runner.hear("accepted");
  await runner.hear("job");
  expect(await poolStub("circuit").pool()).toMatchObject({ circuits_open: [] });
});
