import { afterAll, beforeAll, expect, test } from "vitest";
import type { Run } from "../../src/contract/run/run.ts";
import { frozenBundle } from "./support/frozen-bundle.ts";
import { type KillableRegistry, spawnRegistry } from "./support/spawn-registry.ts";
import { stepOf, workflowCalls } from "./support/workflow-calls.ts";

const { scriptPath, stateDir } = frozenBundle();
let registry: KillableRegistry | undefined;
const there = () => {
  if (registry === undefined) throw new Error("the registry has not started");
  return registry;
};
const { publish, start, untilRun, approve, getRun } = workflowCalls(there);

const startRegistry = async () => {
  registry = await spawnRegistry(stateDir("state"), scriptPath, { cronMs: 500 });
};
beforeAll(startRegistry);
afterAll(() => registry?.kill());

/** A function that says which release of it was called. */
const told = (version: string, text: string) => `
export const version = "${version}";
/** Says a word and which release it is. */
export function tellRelease({ word }: { word: string }): { text: string } {
  return { text: word + " ${text}" };
}
`;

/** Asks before it calls; the last line is what tells its versions apart. */
const asking = (version: string, last: string) => `
metadata: { id: ask-first, name: Ask first, version: ${version}, description: Calls a function when somebody says yes. }
inputs: { word: { type: string, required: true } }
steps:
  - { id: before, skill: javascript.tell_release@^1, inputs: { word: "{{ workflow.input.word }}" } }
  - { id: ask, step_type: approval, message: "Go on with {{ steps.before.outputs.text }}?", timeout: 1h }
  - { id: after, skill: javascript.tell_release@^1, inputs: { word: "{{ steps.before.outputs.text }}" } }
outputs: { text: "${last}" }
`;

const waits = (run: Run) => stepOf(run, "ask")?.state === "waiting";
const hasEnded = (run: Run) => run.state === "succeeded";
const textOf = (run: Run) => (run.state === "succeeded" ? run.outputs[0]?.outputs?.text : null);

test("a question is still there after a restart, and its answer is heard", async () => {
  await publish("functions", "tell_release.ts", told("1.0.0", "first"));
  await publish("workflows", "ask-first.yaml", asking("1.0.0", "{{ steps.after.outputs.text }}"));
  const { id } = await start("ask-first", { word: "hello" });
  const before = await untilRun(id, waits);
  expect(stepOf(before, "ask")?.approval).toMatchObject({ message: "Go on with hello first?", answer: null });

  await there().kill();
  await startRegistry();
  const after = await getRun(id);
  expect(after.state).toBe("running");
  expect(stepOf(after, "ask")).toEqual(stepOf(before, "ask"));
  await approve(id, true);
  const ended = await untilRun(id, hasEnded);
  expect(textOf(ended)).toBe("hello first first");
  // What was done before was not done again.
  expect(stepOf(ended, "before")).toEqual(stepOf(before, "before"));
});

test("an answer that was acknowledged is heard although the registry is killed at once", async () => {
  const { id } = await start("ask-first", { word: "quick" });
  await untilRun(id, waits);
  await approve(id, true);
  await there().kill();
  await startRegistry();
  expect(textOf(await untilRun(id, hasEnded))).toBe("quick first first");
});

test("what is published during a run does not change it, and the next run takes it", async () => {
  const { id, digest } = await start("ask-first", { word: "hello" });
  await untilRun(id, waits);
  await publish("functions", "tell_release.ts", told("1.1.0", "second"));
  await publish("workflows", "ask-first.yaml", asking("1.1.0", "new: {{ steps.after.outputs.text }}"));
  await approve(id, true);
  const ended = await untilRun(id, hasEnded);
  expect(ended).toMatchObject({ version: "1.0.0", digest });
  expect(stepOf(ended, "after")?.skill).toBe("function/javascript.tell_release@1.0.0");
  expect(textOf(ended)).toBe("hello first first");

  const next = await start("ask-first", { word: "hello" });
  await untilRun(next.id, waits);
  await approve(next.id, true);
  expect(textOf(await untilRun(next.id, hasEnded))).toBe("new: hello second second");
});

test("a no fails the run, with who said it and why", async () => {
  const { id } = await start("ask-first", { word: "no" });
  await untilRun(id, waits);
  await approve(id, false);
  const ended = await untilRun(id, (run) => run.state === "failed");
  expect(stepOf(ended, "ask")).toMatchObject({ state: "failed", approval: { answer: { approved: false } } });
  expect(stepOf(ended, "after")?.state).toBe("skipped");
});
