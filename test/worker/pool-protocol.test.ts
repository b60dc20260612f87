import { expect, it } from "vitest";
import { limits } from "../../src/contract/limits.ts";
import { aLeasedRun, eventsOf } from "./a-pooled-run.ts";
import { capabilitiesOf, keyOf, poolStub, TestRunner } from "./a-runner.ts";

it.each([
  ["no JSON", "hello?"],
  ["JSON of no message", '{"type":"shout"}'],
  ["a list", "[]"],
  ["a message before hello", JSON.stringify({ type: "draining" })],
  ["a hello of another protocol", JSON.stringify({ type: "hello", protocol: 2, leases: [], warm: [] })],
])("hangs up on a connection that begins with %s", async (_, text) => {
  const runner = await TestRunner.open(capabilitiesOf({ pool: "rude" }));
  runner.sayText(text);
  expect((await runner.hear("error")).message.length).toBeGreaterThan(10);
  expect(await runner.closing()).toMatchObject({ code: 1002 });
});

it("answers what it cannot understand with an error, and goes on", async () => {
  const { runner, job } = await aLeasedRun("poison");
  const binary = new Uint8Array([1, 2, 3]).buffer;
  const poison = [
    "{",
    "null",
    "",
    '"\\u0000"',
    JSON.stringify({ type: "result", ...keyOf(job), outputs: "all of them" }),
    JSON.stringify({
      type: "result",
      run_id: "../../etc",
      fence: -1,
      outputs: [{}],
      outputs_digest: null,
      run_seconds: 1,
    }),
    JSON.stringify({ type: "failure", ...keyOf(job), class: "sad", code: "x", message: "", detail: null }),
    "[".repeat(100_000),
    `{"type":"log","x":"${"y".repeat(limits.runnerMessageBytes)}"}`,
    binary,
  ];
  for (const text of poison) {
    runner.sayText(text);
    expect((await runner.hear("error")).code).toMatch(/^[A-Z_]+$/);
  }
  expect(await runner.beat([keyOf(job)])).toEqual({ type: "heard", lost: [] });
  runner.result(job);
  await runner.hear("accepted");
});

it("takes no word about a lease of another runner", async () => {
  const { name, run, runner, job } = await aLeasedRun("thief");
  const { runner: thief } = await TestRunner.connect({ pool: "thief", handlers: [name], name: "thief" });
  thief.result(job, [{ result: "forged" }]);
  await thief.hear("refused");
  thief.failure(job, { class: "permanent" });
  await thief.hear("refused");
  thief.say({ type: "release", ...keyOf(job), reason: "mine" });
  await thief.hear("refused");
  thief.started(job);
  thief.say({ type: "log", ...keyOf(job), stream: "stdout", lines: ["forged"] });
  thief.say({ type: "progress", ...keyOf(job), stage: "execute", fraction: 1, message: null, preview: null });
  await thief.beat([keyOf(job)]);
  expect((await eventsOf("thief", run.id)).map((event) => event.type)).toEqual(["state", "state"]);
  runner.result(job, [{ result: "mine" }]);
  await runner.hear("accepted");
});

it("refuses a runner that means another pool, and one that changes who it is", async () => {
  const { runner: first } = await TestRunner.connect({ pool: "mine" });
  first.close();
  const lost = await TestRunner.open(capabilitiesOf({ pool: "mine" }));
  lost.say({ type: "hello", protocol: 1, capabilities: capabilitiesOf({ pool: "theirs" }), leases: [], warm: [] });
  expect(await lost.hear("error")).toMatchObject({ code: "WRONG_POOL" });
  expect(await lost.closing()).toMatchObject({ code: 1008 });
  const { runner } = await TestRunner.connect({ pool: "mine" });
  runner.say({ type: "hello", protocol: 1, capabilities: capabilitiesOf({ pool: "mine" }), leases: [], warm: [] });
  expect(await runner.hear("error")).toMatchObject({ code: "OTHER_RUNNER" });
});

it("takes another hello of the same runner as news of what it can do", async () => {
  const { name, runner } = await aLeasedRun("news");
  const changed = { ...runner.capabilities, handlers: [name, "another"], name: "renamed" };
  runner.say({ type: "hello", protocol: 1, capabilities: changed, leases: [], warm: ["x"] });
  await runner.hear("welcome");
  expect(await poolStub("news").runners()).toMatchObject([
    { name: "renamed", handlers: [name, "another"], warm: ["x"] },
  ]);
});

it("keeps a run's log within its limit, and says where it was cut", async () => {
  const { run, runner, job } = await aLeasedRun("wordy");
  const line = "w".repeat(limits.logLineLength);
  for (let sent = 0; sent < limits.logBytesPerRun + 200_000; sent += line.length * 100) {
    runner.say({ type: "log", ...keyOf(job), stream: "stdout", lines: Array<string>(100).fill(line) });
  }
  await runner.beat([keyOf(job)]);
  const logs = (await eventsOf("wordy", run.id)).filter((event) => event.type === "log");
  const bytes = logs.reduce((sum, event) => sum + event.text.length, 0);
  expect(bytes).toBeLessThan(limits.logBytesPerRun + 1000);
  expect(bytes).toBeGreaterThan(limits.logBytesPerRun * 0.9);
  expect(logs.at(-1)).toMatchObject({ stream: "runner", text: expect.stringContaining("the log ends here") });
  expect(logs.filter((event) => event.stream === "runner")).toHaveLength(1);
});

it("tells progress at most some times a second, and always the last", async () => {
  const { run, runner, job } = await aLeasedRun("busy_bar");
  runner.started(job);
  for (let step = 1; step <= 200; step++) {
    const fraction = step / 200;
    runner.say({ type: "progress", ...keyOf(job), stage: "execute", fraction, message: `step ${step}`, preview: null });
  }
  runner.result(job);
  await runner.hear("accepted");
  const told = (await eventsOf("busy_bar", run.id)).filter((event) => event.type === "progress");
  expect(told.length).toBeLessThan(30);
  expect(told.at(-1)?.progress).toMatchObject({ message: "step 200", fraction: 1 });
});
