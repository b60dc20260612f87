import { WebSocket } from "undici";
import { type DispatchStage, postRun } from "../dispatch/open-dispatch-stage.ts";
import { connectRunner } from "../dispatch/simulated-runner.ts";
import { openBullPeer } from "../peers/bullmq.ts";
import type { Plan } from "../plan.ts";
import { percentile } from "../report/percentile.ts";
import type { Table } from "../report/table.ts";

/** From sending a run to its job arriving at an idle, connected runner, one at a time, in turns with the floor and the peer. */
export async function dispatchLatency(stage: DispatchStage, plan: Plan): Promise<Table> {
  const registry = await registrySide(stage);
  const echo = await echoSide(stage);
  const bull = await bullSide();
  const sides = bull === null ? [registry, echo] : [registry, echo, bull];
  for (let at = 0; at < 20; at++) for (const side of sides) await side.once();
  for (const side of sides) side.ms.length = 0;
  for (let at = 0; at < plan.dispatches; at++) for (const side of sides) side.ms.push(await side.once());
  for (const side of sides) await side.close();
  const floor = percentile(echo.ms, 0.5);
  return {
    title: "Dispatch: POST → lease on an idle connected runner",
    rows: sides.map(({ name, durability, ms }) => ({
      side: name,
      "p50 ms": percentile(ms, 0.5),
      "p90 ms": percentile(ms, 0.9),
      "p99 ms": percentile(ms, 0.99),
      "of floor": percentile(ms, 0.5) / floor,
      durability,
    })),
    notes: [
      "taken from the client sending the request to the job's message arriving at the runner's socket, in one process",
      ...(bull === null ? ["BullMQ is left out: there is no redis-server on this machine's PATH"] : []),
    ],
  };
}

interface Side {
  name: string;
  durability: string;
  ms: number[];
  once(): Promise<number>;
  close(): Promise<void>;
}

async function registrySide(stage: DispatchStage): Promise<Side> {
  const runner = await connectRunner(stage, 4);
  return {
    name: "callsheet",
    durability: "run, inputs and provenance in D1, then the queue; lease in the pool's SQLite",
    ms: [],
    once: () =>
      arrival(async (arrived) => {
        runner.onJob = arrived;
        await postRun(stage);
      }),
    close: async () => runner.close(),
  };
}

async function echoSide(stage: DispatchStage): Promise<Side> {
  const socket = new WebSocket(stage.echo.replace("http", "ws"));
  await new Promise((resolve, reject) => {
    socket.addEventListener("open", resolve);
    socket.addEventListener("error", reject);
  });
  return {
    name: "bare Worker + Durable Object echo",
    durability: "none",
    ms: [],
    once: () =>
      arrival(async (arrived) => {
        socket.addEventListener("message", () => arrived(), { once: true });
        await (await fetch(stage.echo, { method: "POST", body: '{"inputs":{"text":"hello"}}' })).text();
      }),
    close: async () => socket.close(),
  };
}

async function bullSide(): Promise<Side | null> {
  const peer = await openBullPeer(4);
  if (peer === null) return null;
  return {
    name: "BullMQ (in process, no HTTP)",
    durability: "job in Redis, append-only file synced for every write",
    ms: [],
    once: () =>
      arrival(async (arrived) => {
        peer.onJob = arrived;
        await peer.add();
      }),
    close: () => peer.close(),
  };
}

/** The time until `arrived` is called; what was sent must be answered too before the next. */
async function arrival(send: (arrived: () => void) => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  let arrivedAt = 0;
  const isThere = new Promise<void>((resolve) => {
    void send(() => {
      arrivedAt = performance.now();
      resolve();
    }).catch((error: unknown) => {
      throw error;
    });
  });
  await isThere;
  return arrivedAt - startedAt;
}
