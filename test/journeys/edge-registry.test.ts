import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { runPage } from "../../src/contract/http/runs.ts";
import { type Run, run } from "../../src/contract/run/run.ts";
import { frozenBundle } from "./support/frozen-bundle.ts";
import { listProcesses } from "./support/list-processes.ts";
import { write } from "./support/registry-calls.ts";
import { type KillableRegistry, spawnRegistry } from "./support/spawn-registry.ts";

const bundle = frozenBundle();
const running: KillableRegistry[] = [];

afterEach(async () => {
  for (const registry of running.splice(0)) await registry.kill();
});

async function start(state: string): Promise<KillableRegistry> {
  const registry = await spawnRegistry(bundle.stateDir(state), bundle.scriptPath);
  running.push(registry);
  return registry;
}

const functions = `
/** Adds one, after a while. */
export async function add_one({ value, wait_ms = 0 }: { value: number; wait_ms?: number }): Promise<{ sum: number }> {
  if (wait_ms > 0) await new Promise((done) => setTimeout(done, wait_ms));
  return { sum: value + 1 };
}

/** Never ends. */
export function loop(): { never: boolean } {
  for (;;);
}

/** Takes all the memory it can get. */
export function bomb(): { never: boolean } {
  const all: unknown[] = [];
  for (;;) all.push(new Uint8Array(1e7).fill(1));
}

let calls = 0;
/** Counts its calls, if it can. */
export function count(): { calls: number } {
  calls += 1;
  return { calls };
}
`;

async function publish(registry: KillableRegistry): Promise<void> {
  const { status, text } = await write(registry, "POST", "/v1/functions", functions, "application/typescript");
  expect(status, text).toBe(201);
}

async function runFunction(registry: KillableRegistry, name: string, inputs: object = {}): Promise<Run> {
  const path = `/v1/functions/javascript.${name}/runs`;
  const { status, text } = await write(registry, "POST", path, JSON.stringify({ inputs }));
  expect(status, text).toBe(200);
  return run.parse(JSON.parse(text));
}

/** The output of a run that must have succeeded. */
function outputOf(ended: Run): unknown {
  return ended.state === "succeeded" ? ended.outputs[0]?.outputs : ended;
}

/** The processes of the sandbox of this file's registries. */
function sandboxProcesses(): number[] {
  return listProcesses()
    .filter(({ pid }) => commandOf(pid).some((part) => part.endsWith("/sandbox/workerd.capnp") && isOurs(part)))
    .map(({ pid }) => pid);
}

const isOurs = (path: string) => path.startsWith(bundle.stateDir(""));

function commandOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
  } catch {
    return [];
  }
}

async function untilGone(pids: () => number[]): Promise<void> {
  while (pids().length > 0) await pause(10);
}

test("a loop and a bomb are their own runs' failures, while others run and look up", async () => {
  const registry = await start("hostile");
  await publish(registry);
  const hostile = Promise.all(["loop", "bomb", "loop"].map((name) => runFunction(registry, name)));
  const others: Promise<Run>[] = [];
  for (let value = 0; value < 10; value++) {
    others.push(runFunction(registry, "add_one", { value }));
    const looked = await fetch(`${registry.url}/v1/functions/javascript.add_one`);
    expect(looked.status).toBe(200);
    await looked.arrayBuffer();
    await pause(50);
  }
  expect((await Promise.all(others)).map(outputOf)).toEqual(others.map((_, value) => ({ sum: value + 1 })));
  const told = { class: "permanent", code: "timed_out", message: "it used more than 1000 ms of CPU time" };
  expect(await hostile).toMatchObject([
    { state: "failed", failure: told },
    { state: "failed", failure: { class: "resource", code: "out_of_memory" } },
    { state: "failed", failure: told },
  ]);
  expect(outputOf(await runFunction(registry, "count"))).toEqual({ calls: 1 });
  expect(outputOf(await runFunction(registry, "count"))).toEqual({ calls: 1 });
});

test("a registry that is killed in the middle of a call has nothing of its run, and the same key runs it anew", async () => {
  const first = await start("killed");
  await publish(first);
  const body = JSON.stringify({ inputs: { value: 1, wait_ms: 2000 } });
  const ask = (url: string) =>
    fetch(`${url}/v1/functions/javascript.add_one/runs`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${first.adminToken}`,
        "content-type": "application/json",
        "idempotency-key": "one",
      },
      body,
    });
  const cut = ask(first.url).then(
    () => "answered",
    () => "cut",
  );
  while (sandboxProcesses().length === 0) await pause(5);
  await pause(300);
  await first.kill();
  expect(await cut).toBe("cut");
  expect(sandboxProcesses()).toEqual([]);

  const second = await start("killed");
  const listed = async () => runPage.parse(JSON.parse((await write(second, "GET", "/v1/runs")).text)).items;
  expect(await listed()).toEqual([]);
  expect(JSON.parse((await write(second, "GET", "/v1/entities")).text).items).toEqual([]);
  const answer = await ask(second.url);
  expect(answer.headers.get("idempotent-replayed")).toBeNull();
  expect(outputOf(run.parse(await answer.json()))).toEqual({ sum: 2 });
  expect(await listed()).toHaveLength(1);
});

test("the sandbox's processes end with their registry, though nothing but that is killed", async () => {
  const registry = await start("orphans");
  await publish(registry);
  await runFunction(registry, "add_one", { value: 1 });
  const hostile = write(registry, "POST", "/v1/functions/javascript.loop/runs", '{"inputs":{}}').catch(() => null);
  await pause(300);
  const [sandbox] = sandboxProcesses();
  const parent = listProcesses().find(({ pid }) => pid === sandbox)?.parent;
  if (parent === undefined) throw new Error("there is no process of the sandbox");
  process.kill(parent, "SIGKILL");
  await untilGone(sandboxProcesses);
  await hostile;
});
