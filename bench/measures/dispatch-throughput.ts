import { type DispatchStage, postRun } from "../dispatch/open-dispatch-stage.ts";
import { connectRunner } from "../dispatch/simulated-runner.ts";
import { openBullPeer } from "../peers/bullmq.ts";
import type { Plan } from "../plan.ts";
import type { Table } from "../report/table.ts";

const senders = 16;

/** Runs a second from the first request to the last end, with sixteen senders and a runner that answers at once. */
export async function dispatchThroughput(stage: DispatchStage, plan: Plan): Promise<Table> {
  const registry = await registryRate(stage, plan.dispatchedInARow);
  const bull = await bullRate(plan.dispatchedInARow);
  return {
    title: "Dispatch: sustained, from request to accepted result",
    rows: [
      {
        side: "callsheet",
        runs: plan.dispatchedInARow,
        "runs/s accepted": registry.accepted,
        "runs/s ended": registry.ended,
        durability: "run, entities and provenance in D1; lease in SQLite; result committed in D1",
      },
      ...(bull === null
        ? []
        : [
            {
              side: "BullMQ (in process, no HTTP)",
              runs: plan.dispatchedInARow,
              "runs/s accepted": bull.accepted,
              "runs/s ended": bull.ended,
              durability: "Redis, append-only file synced for every write",
            },
          ]),
    ],
    notes: [
      "accepted: requests answered; ended: the last run's result is committed",
      "BullMQ checks no inputs, keeps no provenance and is called without HTTP: it is what a queue alone costs",
      ...(bull === null ? ["BullMQ is left out: there is no redis-server on this machine's PATH"] : []),
    ],
  };
}

interface Rate {
  accepted: number;
  ended: number;
}

async function registryRate(stage: DispatchStage, runs: number): Promise<Rate> {
  const runner = await connectRunner(stage, 64);
  try {
    const startedAt = performance.now();
    const ids = await fromSenders(runs, () => postRun(stage));
    const acceptedAt = performance.now();
    await allEnded(stage, ids.at(-1) ?? "");
    return rateOf(runs, startedAt, acceptedAt);
  } finally {
    runner.close();
  }
}

/** Waits until nothing is queued, leased or running. */
async function allEnded(stage: DispatchStage, lastId: string): Promise<void> {
  const headers = { authorization: `Bearer ${stage.adminToken}` };
  for (const state of ["queued", "leased", "running"]) {
    for (;;) {
      const response = await fetch(`${stage.registry}/v1/runs?state=${state}&limit=1`, { headers });
      const told: unknown = await response.json();
      const items =
        typeof told === "object" && told !== null && "items" in told && Array.isArray(told.items)
          ? told.items
          : [lastId];
      if (items.length === 0) break;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

async function bullRate(runs: number): Promise<Rate | null> {
  const peer = await openBullPeer(64);
  if (peer === null) return null;
  let done = 0;
  const isDone = Promise.withResolvers<void>();
  peer.onDone = () => {
    done += 1;
    if (done === runs) isDone.resolve();
  };
  const startedAt = performance.now();
  await fromSenders(runs, () => peer.add());
  const acceptedAt = performance.now();
  await isDone.promise;
  const rate = rateOf(runs, startedAt, acceptedAt);
  await peer.close();
  return rate;
}

async function fromSenders(runs: number, send: () => Promise<string>): Promise<string[]> {
  const ids: string[] = [];
  let left = runs;
  await Promise.all(
    Array.from({ length: senders }, async () => {
      while (left > 0) {
        left -= 1;
        ids.push(await send());
      }
    }),
  );
  return ids;
}

function rateOf(runs: number, startedAt: number, acceptedAt: number): Rate {
  return { accepted: (runs * 1000) / (acceptedAt - startedAt), ended: (runs * 1000) / (performance.now() - startedAt) };
}
