import { env } from "cloudflare:test";
import { expect, it } from "vitest";
import { ask, askJson } from "../http/a-registry.ts";
import { aRun, askRun, getRun, runOf } from "../http/a-run.ts";
import { aLeasedRun, aTemplate, eventsOf } from "./a-pooled-run.ts";
import { aDevice, keyOf, TestRunner, untilRun } from "./a-runner.ts";

it("gives a waiting run to a runner that has its handler, and turns the result into an entity", async () => {
  const name = await aTemplate({ inputs: { prompt: { type: "string" } } });
  const waiting = await aRun(name, { inputs: { prompt: "a fox" }, pool: "happy" });
  const { runner } = await TestRunner.connect({ pool: "happy", handlers: [name], name: "box-1" });
  const job = await runner.hear("job");
  expect(job).toMatchObject({
    run_id: waiting.id,
    fence: 1,
    attempt: 1,
    name,
    handler: name,
    inputs: { prompt: "a fox" },
  });
  expect(job.outputs).toEqual({ result: { type: "string" } });
  runner.started(job);
  runner.result(job, [{ result: "a red fox" }], 2.5);
  expect(await runner.hear("accepted")).toMatchObject({ run_id: waiting.id, fence: 1 });
  expect(await getRun(waiting.id)).toMatchObject({
    state: "succeeded",
    attempt: 1,
    runner: { name: "box-1", device: null },
    run_seconds: 2.5,
    progress: { percent: 100 },
    outputs: [{ output_index: 0, outputs: { result: "a red fox" } }],
    attempts: [{ attempt: 1, fence: 1, outcome: "succeeded" }],
  });
  const entities = await env.DB.prepare("SELECT * FROM entity WHERE derived_from_run = ?").bind(waiting.id).all();
  expect(entities.results).toMatchObject([
    { role: "output", data: '{"result":"a red fox"}', derived_from_function: `template/${name}@1.0.0` },
  ]);
  const source = await env.DB.prepare("SELECT source_ecs_id FROM entity_source WHERE ecs_id = ?")
    .bind(entities.results[0]?.ecs_id)
    .first("source_ecs_id");
  expect(source).toBe(waiting.input_entity);
});

it("ends a caller's wait as soon as the run has ended", async () => {
  const name = await aTemplate();
  const { runner } = await TestRunner.connect({ pool: "waits", handlers: [name] });
  const asked = askRun(name, { inputs: {}, pool: "waits" }, { Prefer: "wait=50" });
  runner.result(await runner.hear("job"));
  expect(await runOf(await asked, 200)).toMatchObject({ state: "succeeded" });
});

it("makes one entity of each sibling", async () => {
  const { run, runner, job } = await aLeasedRun("siblings");
  runner.result(job, [{ result: "a" }, { result: "b" }, { result: "c" }]);
  await runner.hear("accepted");
  const done = await getRun(run.id);
  expect(done).toMatchObject({
    outputs: [
      { output_index: 0, outputs: { result: "a" } },
      { output_index: 1, outputs: { result: "b" } },
      { output_index: 2, outputs: { result: "c" } },
    ],
  });
});

it("takes outputs that were uploaded because they are too large for a message", async () => {
  const { run, runner, job } = await aLeasedRun("large");
  const large = "x".repeat(700_000);
  const sent = await ask("POST", job.files_url, { body: JSON.stringify([{ result: large }]), token: null });
  expect(sent.status, await sent.clone().text()).toBe(201);
  const { digest } = await sent.json<{ digest: string }>();
  runner.say({ type: "result", ...keyOf(job), outputs: null, outputs_digest: digest, run_seconds: 1 });
  await runner.hear("accepted");
  const done = await getRun(run.id);
  expect(done).toMatchObject({ state: "succeeded", outputs: [{ outputs: null }] });
  const row = await env.DB.prepare("SELECT data, data_bytes FROM entity WHERE derived_from_run = ?")
    .bind(run.id)
    .first();
  expect(row).toEqual({ data: null, data_bytes: large.length + '{"result":""}'.length });
});

it("tells D1 who has a run, and where it stands", async () => {
  const { run, runner, job } = await aLeasedRun("mirror", { runner: { name: "box-2" } });
  await untilRun(run.id, { state: "leased", attempt: 1, fence: 1 });
  runner.started(job);
  await untilRun(run.id, { state: "running" });
  expect(await getRun(run.id)).toMatchObject({
    state: "running",
    runner: { name: "box-2" },
    attempts: [{ attempt: 1, fence: 1, outcome: "under_way", ended_at: null }],
  });
});

it("numbers what happens in a run, keeps it in order, and never lets progress go back", async () => {
  const { run, runner, job } = await aLeasedRun("events");
  runner.started(job);
  const progress = { type: "progress", ...keyOf(job), stage: "execute", message: null, preview: null } as const;
  runner.say({ ...progress, fraction: 0.5 });
  runner.say({ type: "log", ...keyOf(job), stream: "stdout", lines: ["one", "two"] });
  runner.say({ ...progress, fraction: 0.25 });
  runner.result(job);
  await runner.hear("accepted");
  const events = await eventsOf("events", run.id);
  expect(events.map(({ id }) => id)).toEqual(events.map((_, at) => at + 1));
  expect(events.map((event) => (event.type === "state" ? event.state : event.type))).toEqual([
    "queued",
    "leased",
    "running",
    "progress",
    "log",
    "log",
    "progress",
    "succeeded",
  ]);
  const percents = events.flatMap((event) => (event.type === "progress" ? [event.progress.percent] : []));
  expect(percents).toEqual([55, 55]);
});

it("counts a device's memory, and never leases more of it than there is", async () => {
  const parts = { requirements: { resources: { gpu: true, vram_gb: 6 } } };
  const name = await aTemplate(parts);
  const { runner } = await TestRunner.connect({
    pool: "vram",
    handlers: [name],
    devices: [aDevice(8192, 0), aDevice(8192, 1)],
  });
  const runs = [];
  for (let count = 0; count < 3; count++) runs.push(await aRun(name, { inputs: {}, pool: "vram" }));
  const jobs = [await runner.hear("job"), await runner.hear("job")];
  expect(jobs.map((job) => job.device).sort()).toEqual([0, 1]);
  await runner.beat(jobs.map(keyOf));
  expect(runner.hasHeard("job")).toBe(false);
  expect(await getRun(runs[2]?.id ?? "")).toMatchObject({ state: "queued", waiting: { why: "busy", position: 1 } });
  const [first] = jobs;
  if (first === undefined) throw new Error("no job came");
  runner.result(first);
  expect(await runner.hear("job")).toMatchObject({ run_id: runs[2]?.id, device: first.device });
});

it("counts what others take of a device", async () => {
  const name = await aTemplate({ requirements: { resources: { gpu: true, vram_gb: 6 } } });
  const { runner } = await TestRunner.connect({ pool: "others", handlers: [name], devices: [aDevice(8192)] });
  await runner.beat([], { vram: { "0": 4000 } });
  const run = await aRun(name, { inputs: {}, pool: "others" });
  await runner.beat([], { vram: { "0": 4000 } });
  expect(runner.hasHeard("job")).toBe(false);
  await runner.beat([], { vram: { "0": 100 } });
  expect(await runner.hear("job")).toMatchObject({ run_id: run.id, device: 0 });
});

it("sends addresses that are signed for this run's files alone", async () => {
  const { runner, job } = await aLeasedRun("signed");
  const sent = await ask("POST", `${job.files_url}&name=a.txt`, { body: "hello", token: null });
  expect(sent.status, await sent.clone().text()).toBe(201);
  const other = job.files_url.replace(job.run_id, crypto.randomUUID());
  expect((await ask("POST", other, { body: "hello", token: null })).status).toBe(403);
  runner.close();
});

it("compares a replay's outputs with those of its original", async () => {
  const { run, runner, job } = await aLeasedRun("replayed", { template: { outputs: { a: { type: "array" } } } });
  runner.result(job, [{ a: [1, 2, { x: "same" }] }]);
  await runner.hear("accepted");
  const replayAs = async (outputs: Record<string, unknown>[]) => {
    const replay = await runOf(await askJson("POST", `/v1/runs/${run.id}:replay`, {}), 202);
    runner.result(await runner.hear("job"), outputs);
    await runner.hear("accepted");
    return (await getRun(replay.id)).replay;
  };
  expect(await replayAs([{ a: [1, 2, { x: "same" }] }])).toEqual({ of: run.id, outputs_equal: true, differences: [] });
  expect(await replayAs([{ a: [1, 3, { x: "same" }] }])).toEqual({
    of: run.id,
    outputs_equal: false,
    differences: [{ path: "/0/a/1", original: 2, replayed: 3 }],
  });
});

it("compares a replay that ended before its original as soon as both have ended", async () => {
  const { run, runner, job } = await aLeasedRun("overtaken");
  const replay = await runOf(await askJson("POST", `/v1/runs/${run.id}:replay`, {}), 202);
  runner.result(await runner.hear("job"), [{ result: "new" }]);
  await runner.hear("accepted");
  expect((await getRun(replay.id)).replay).toEqual({ of: run.id, outputs_equal: null, differences: [] });
  runner.result(job, [{ result: "old" }]);
  await runner.hear("accepted");
  const differences = [{ path: "/0/result", original: "old", replayed: "new" }];
  expect((await getRun(replay.id)).replay).toEqual({ of: run.id, outputs_equal: false, differences });
});
