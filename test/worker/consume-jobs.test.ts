import { createExecutionContext, createMessageBatch, env, getQueueResult } from "cloudflare:test";
import { afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { deadLetterPage } from "../../src/contract/http/runners.ts";
import type { JobMessage } from "../../src/contract/runner/job.ts";
import { consumeDeadJobs } from "../../src/worker/consume-dead-jobs.ts";
import { consumeJobs } from "../../src/worker/consume-jobs.ts";
import { redeliveryDelay } from "../../src/worker/redelivery-delay.ts";
import { runnerPoolsOf } from "../../src/worker/runner-pools.ts";
import { aDocument, ask, publish, refusalOf } from "../http/a-registry.ts";
import { aRun, cancelRun, getRun, plainInputs } from "../http/a-run.ts";
import { broken } from "./a-broken-env.ts";

const missing = "018f0000-0000-7000-8000-000000000000";

beforeAll(async () => {
  await publish(aDocument("painter", { inputs: plainInputs }));
});
beforeEach(() => {
  for (const level of ["error", "warn"] as const) vi.spyOn(console, level).mockImplementation(() => undefined);
});
afterEach(() => {
  vi.restoreAllMocks();
});

type Consume = typeof consumeJobs;
interface Sent {
  body: unknown;
  attempts?: number;
}
let sent = 0;

/** Hands messages to a consumer; answers which it acknowledged, and after how long it wants which again, by their place. */
async function deliver(consume: Consume, from: Env, messages: Sent[]) {
  const queue = consume === consumeJobs ? "gpu-jobs" : "gpu-jobs-dead";
  const batch = createMessageBatch<unknown>(
    queue,
    messages.map(({ body, attempts = 1 }) => {
      sent += 1;
      return { id: `m${sent}`, timestamp: new Date(), attempts, body };
    }),
  );
  await consume(from, batch, new Date());
  const result = await getQueueResult(batch, createExecutionContext());
  const placeOf = (id: string) => batch.messages.findIndex((message) => message.id === id);
  return {
    ids: batch.messages.map((message) => message.id),
    acked: result.explicitAcks.map(placeOf).sort(),
    retried: result.retryMessages.map(({ msgId }) => placeOf(msgId)).sort(),
  };
}

function messageOf(run: { id: string; pool: string }): { body: JobMessage } {
  return { body: { run_id: run.id, pool: run.pool } };
}

/** The environment with pools that never answer, all of them or those that are named. */
function withSilentPools(names: readonly string[] | "all" = "all"): Env {
  const silent = new Set<string>();
  const get = (id: DurableObjectId) => {
    const stub = env.RUNNER_POOL.get(id);
    return names === "all" || silent.has(id.toString()) ? broken(stub, ["offer", "drop", "holds", "standing"]) : stub;
  };
  for (const name of names === "all" ? [] : names) silent.add(env.RUNNER_POOL.idFromName(name).toString());
  return {
    ...env,
    RUNNER_POOL: new Proxy(env.RUNNER_POOL, {
      get(target, key) {
        if (key === "get") return get;
        const value: unknown = Reflect.get(target, key, target);
        return typeof value === "function" ? value.bind(target) : value;
      },
    }),
  };
}

async function deadLetters() {
  return deadLetterPage.parse(await (await ask("GET", "/v1/admin/dead-letters?limit=200")).json()).items;
}

it("brings runs to their pools, and a second delivery of the same message changes nothing", async () => {
  const runs = [await aRun("painter"), await aRun("painter", { inputs: { prompt: "x" }, pool: "other" })];
  for (let time = 0; time < 2; time++) {
    const { acked, retried } = await deliver(consumeJobs, env, runs.map(messageOf));
    expect(acked).toEqual([0, 1]);
    expect(retried).toEqual([]);
  }
  for (const run of runs) expect(await runnerPoolsOf(env)(run.pool).holds([run.id])).toEqual([run.id]);
});

it("makes dead letters of poison, and delivers the rest of the batch", async () => {
  const run = await aRun("painter");
  const poison = [{ body: "hello" }, { body: null }, { body: { run_id: "x", pool: "y" } }, { body: { id: run.id } }];
  const { acked, ids } = await deliver(consumeJobs, env, [...poison, messageOf(run)]);
  expect(acked).toEqual([0, 1, 2, 3, 4]);
  const kept = await deadLetters();
  for (const [place, { body }] of poison.entries()) {
    expect(kept.find((letter) => letter.id === ids[place])).toMatchObject({ queue: "gpu-jobs", body, run_id: null });
  }
});

it("keeps the message of a run that D1 does not know as a dead letter", async () => {
  const { acked, ids } = await deliver(consumeJobs, env, [{ body: { run_id: missing, pool: "default" } }]);
  expect(acked).toEqual([0]);
  const letter = (await deadLetters()).find(({ id }) => id === ids[0]);
  expect(letter).toMatchObject({ run_id: missing, reason: "there is no such run" });
});

it("acknowledges the message of a run that has ended, and takes a cancelled one from its pool", async () => {
  const run = await aRun("painter", { inputs: { prompt: "x" }, pool: "ending" });
  await (await cancelRun(run.id)).body?.cancel();
  expect((await deliver(consumeJobs, env, [messageOf(run)])).acked).toEqual([0]);
  expect(await runnerPoolsOf(env)("ending").holds([run.id])).toEqual([]);
});

it("comes back to a pool that does not answer, while other pools get their runs", async () => {
  const stuck = await aRun("painter", { inputs: { prompt: "x" }, pool: "silent" });
  const other = await aRun("painter", { inputs: { prompt: "x" }, pool: "fine" });
  const { acked, retried } = await deliver(consumeJobs, withSilentPools(["silent"]), [
    messageOf(stuck),
    messageOf(other),
  ]);
  expect({ acked, retried }).toEqual({ acked: [1], retried: [0] });
  expect([1, 2, 3, 4, 9, 500].map((attempts) => redeliveryDelay(attempts).delaySeconds)).toEqual([
    5, 10, 20, 40, 300, 300,
  ]);
});

it("asks a silent pool once for a batch, not for each of its runs", async () => {
  const warned = vi.spyOn(console, "warn").mockImplementation(() => undefined);
  const runs = await Promise.all([1, 2, 3].map(() => aRun("painter", { inputs: { prompt: "x" }, pool: "silent" })));
  const { acked, retried } = await deliver(consumeJobs, withSilentPools(), runs.map(messageOf));
  expect({ acked, retried }).toEqual({ acked: [], retried: [0, 1, 2] });
  expect(warned).toHaveBeenCalledTimes(1);
});

it("leaves all to a later delivery when D1 does not answer", async () => {
  const run = await aRun("painter");
  const { acked, retried } = await deliver(consumeJobs, { ...env, DB: broken(env.DB) }, [
    messageOf(run),
    { body: "poison" },
  ]);
  expect(acked).toEqual([]);
  expect(retried).toEqual([0, 1]);
});

it("fails a run that could not be delivered at all, says why, and keeps the message", async () => {
  const run = await aRun("painter", { inputs: { prompt: "x" }, pool: "gone" });
  const { acked } = await deliver(consumeDeadJobs, withSilentPools(), [messageOf(run)]);
  expect(acked).toEqual([0]);
  const failed = await getRun(run.id);
  if (failed.state !== "failed") throw new Error(`the run is ${failed.state}`);
  expect(failed.failure).toMatchObject({ class: "permanent", code: "undeliverable" });
  expect(failed.failure.message).toContain("does not answer");
  const recorded = await ask("GET", `/v1/entities/${failed.failure_entity}`);
  expect(await recorded.json()).toMatchObject({ type: { role: "failure" }, data: { code: "undeliverable" } });
  expect((await deadLetters()).filter((letter) => letter.run_id === run.id)).toHaveLength(1);
});

it("gives a dead message a last try before its run fails", async () => {
  const run = await aRun("painter", { inputs: { prompt: "x" }, pool: "recovered" });
  expect((await deliver(consumeDeadJobs, env, [messageOf(run), { body: 7 }])).acked).toEqual([0, 1]);
  expect((await getRun(run.id)).state).toBe("queued");
  expect((await deadLetters()).filter((letter) => letter.run_id === run.id)).toEqual([]);
});

it("does not fail a run that its pool has had", async () => {
  const run = await aRun("painter", { inputs: { prompt: "x" }, pool: "leased" });
  await env.DB.prepare("UPDATE run SET fence = 1, attempt = 1 WHERE id = ?").bind(run.id).run();
  await deliver(consumeDeadJobs, withSilentPools(), [messageOf(run)]);
  expect((await getRun(run.id)).state).toBe("queued");
});

it("shows dead letters page by page to admins only", async () => {
  await deliver(
    consumeJobs,
    env,
    Array.from({ length: 5 }, (_, at) => ({ body: { at } })),
  );
  const all = await deadLetters();
  const paged: string[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const query: string = cursor === "" ? "" : `&cursor=${cursor}`;
    const page = deadLetterPage.parse(await (await ask("GET", `/v1/admin/dead-letters?limit=2${query}`)).json());
    paged.push(...page.items.map((letter) => letter.id));
    cursor = page.next_cursor;
  }
  expect(paged).toEqual(all.map((letter) => letter.id));
  await refusalOf(await ask("GET", "/v1/admin/dead-letters", { token: null }), 401);
});
