import { env, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { v7 } from "uuid";
import { afterEach, describe, expect, it, vi } from "vitest";
import { loadRunRow } from "../../src/bindings/d1/run/run-row.ts";
import { ListenerSockets } from "../../src/bindings/durable/listener-sockets.ts";
import type { FeedEntry } from "../../src/bindings/durable/run-feed.ts";
import { FeedTables } from "../../src/bindings/feed/feed-tables.ts";
import { tendFeed } from "../../src/operations/feed/tend-feed.ts";
import { stateEntry, stepEntry } from "../../src/operations/workflow-run/feed-entries.ts";
import { aStandingRun, aStep } from "../bindings/d1/a-standing-run.ts";
import { ask } from "../http/a-registry.ts";
import { pageOf, readSocket, readStream, statesOf, stream } from "../http/an-event-stream.ts";
import { broken } from "./a-broken-env.ts";

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const at = "2026-01-01T00:00:05.000Z";
const feedOf = (runId: string) => env.RUN_FEED.get(env.RUN_FEED.idFromName(runId));
const began = stepEntry(aStep("a"));
const done = stepEntry(aStep("a", { state: "succeeded", finished_at: at }));

async function endOf(runId: string, state: "succeeded" | "failed" = "succeeded"): Promise<FeedEntry> {
  await env.DB.prepare("UPDATE run SET state = ?, state_since = ?, finished_at = ? WHERE id = ?")
    .bind(state, at, at, runId)
    .run();
  const row = await loadRunRow(env.DB, runId);
  if (row === null) throw new Error(`run ${runId} is not there`);
  return stateEntry(row);
}

async function pass(runId: string, seconds: number): Promise<void> {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + seconds * 1000 });
  await runDurableObjectAlarm(feedOf(runId));
}

async function tablesOf(runId: string): Promise<string[]> {
  const names = (_: unknown, { storage }: DurableObjectState) =>
    storage.sql
      .exec<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table' AND name IN ('event', 'own')")
      .toArray();
  return (await runInDurableObject(feedOf(runId), names)).map(({ name }) => name);
}

describe("a feed", () => {
  it("numbers what it is told, and keeps what it is told twice once", async () => {
    const run = await aStandingRun();
    const feed = feedOf(run);
    await feed.append(run, [began]);
    await feed.append(run, [began, done]);
    await Promise.all([feed.append(run, [done]), feed.append(run, [began, done])]);
    const page = await feed.events(0, 10);
    expect(page?.events.map(({ id, type }) => [id, type])).toEqual([
      [1, "step"],
      [2, "step"],
    ]);
    expect(await feed.events(1, 10)).toEqual({ events: page?.events.slice(1), ended: false });
  });

  it("takes nothing more after the end, and ends once", async () => {
    const run = await aStandingRun();
    const feed = feedOf(run);
    await feed.append(run, [began]);
    const end = await endOf(run);
    await feed.end(run, [done, end]);
    await feed.append(run, [stepEntry(aStep("late"))]);
    await feed.end(run, [end, stepEntry(aStep("later"))]);
    const page = await feed.events(0, 10);
    expect(page?.events.map(({ type }) => type)).toEqual(["step", "step", "state"]);
    expect(page?.ended).toBe(true);
  });

  it("says that the run has ended to all who wait for it, and to those who come later", async () => {
    const run = await aStandingRun();
    const feed = feedOf(run);
    const waiting = [feed.awaitEnd(20_000), feed.awaitEnd(20_000)];
    expect(await feed.awaitEnd(20)).toBe(false);
    await feed.end(run, [await endOf(run)]);
    expect(await Promise.all(waiting)).toEqual([true, true]);
    expect(await feed.awaitEnd(20_000)).toBe(true);
  });

  it("that was told nothing is left without a trace by who asks", async () => {
    const run = v7();
    expect(await feedOf(run).events(0, 10)).toBeNull();
    expect(await tablesOf(run)).toEqual([]);
  });

  it("answers only those who want to listen", async () => {
    const feed = feedOf(v7());
    expect((await feed.fetch(new Request("https://feed/events"))).status).toBe(426);
    const upgrade = { headers: { Upgrade: "websocket" } };
    expect((await feed.fetch(new Request("https://feed/elsewhere", upgrade))).status).toBe(404);
  });
});

describe("events of a workflow's run", () => {
  it("are the same as pages, as a stream and over WebSocket, and end with the run", async () => {
    const run = await aStandingRun();
    const feed = feedOf(run);
    await feed.append(run, [began]);
    const [streamed, heard] = [readStream(await stream(run)), readSocket(run)];
    await feed.append(run, [done]);
    await feed.end(run, [await endOf(run)]);
    const { events, ended } = await pageOf(run);
    expect(ended).toBe(true);
    expect(statesOf(events)).toEqual(["succeeded"]);
    expect(await streamed).toEqual(events);
    expect(await heard).toEqual({ events, code: 1000 });
    expect(await readSocket(run, "?after=1")).toEqual({ events: events.slice(1), code: 1000 });
    expect((await stream(run, { "Last-Event-ID": "3" })).status).toBe(204);
  });

  it("are how it stands as long as nothing was told, and who listens waits for the first", async () => {
    const run = await aStandingRun({ state: "queued" });
    const { events, ended } = await pageOf(run);
    expect([statesOf(events), ended]).toEqual([["queued"], false]);
    const read = readStream(await stream(run));
    await feedOf(run).end(run, [began, await endOf(run, "failed")]);
    expect((await read).map(({ type }) => type)).toEqual(["step", "state"]);
  });

  it("go on where D1 knows of the end and the feed does not yet", async () => {
    const run = await aStandingRun();
    await feedOf(run).append(run, [began]);
    const end = await endOf(run);
    const read = readStream(await stream(run));
    await feedOf(run).end(run, [end]);
    expect(statesOf(await read)).toEqual(["succeeded"]);
  });

  it("lie in R2 some minutes after the end, and the feed keeps nothing", async () => {
    const run = await aStandingRun();
    await feedOf(run).end(run, [began, done, await endOf(run)]);
    const before = await pageOf(run);
    await pass(run, 4 * 60);
    expect(await tablesOf(run)).toHaveLength(2);
    await pass(run, 2 * 60);
    expect(await tablesOf(run)).toEqual([]);
    expect((await loadRunRow(env.DB, run))?.events_digest).toMatch(/^sha256:/);
    expect(await pageOf(run)).toEqual(before);
    expect(await readStream(await stream(run, { "Last-Event-ID": "1" }))).toEqual(before.events.slice(1));
    expect((await ask("GET", `/v1/runs/${run}/logs`)).status).toBe(200);
  });

  it("are kept while R2 or D1 fails, and archived later", async () => {
    vi.spyOn(console, "warn").mockImplementation(() => undefined);
    const run = await aStandingRun();
    await feedOf(run).end(run, [began, await endOf(run)]);
    const before = await pageOf(run);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 6 * 60_000 });
    for (const gone of [{ blobs: broken(env.BLOBS) }, { db: broken(env.DB) }]) {
      await runInDurableObject(feedOf(run), async (_, ctx) => {
        const { storage } = ctx;
        await tendFeed({
          ...{ tables: new FeedTables(storage.sql), sockets: new ListenerSockets(ctx), db: env.DB, blobs: env.BLOBS },
          ...{ waiters: new Set<() => void>(), nowMs: () => Date.now(), wakeAt: (ms) => storage.setAlarm(ms) },
          removeAll: () => storage.deleteAll(),
          ...gone,
        });
      });
      expect(await feedOf(run).events(0, 10)).toEqual(before);
    }
    await pass(run, 2 * 60);
    expect(await tablesOf(run)).toEqual([]);
    expect(await pageOf(run)).toEqual(before);
  });

  it("that come after they were archived are forgotten in time, and change nothing", async () => {
    const run = await aStandingRun();
    await feedOf(run).end(run, [began, await endOf(run)]);
    const before = await pageOf(run);
    await pass(run, 6 * 60);
    await feedOf(run).append(run, [done]);
    expect(await pageOf(run)).toEqual(before);
    await pass(run, 25 * 3600);
    expect(await tablesOf(run)).toEqual([]);
    expect(await pageOf(run)).toEqual(before);
  });
});

describe("events of a call of an agent", () => {
  it("are that it goes, and how it ended", async () => {
    const parent = await aStandingRun();
    const run = await aStandingRun({ kind: "agent", parent: { run: parent, step: "a" } });
    const open = await pageOf(run);
    expect([statesOf(open.events), open.ended]).toEqual([["running"], false]);
    const [followed, heard] = [readStream(await stream(run)), readSocket(run)];
    await endOf(run);
    const { events, ended } = await pageOf(run);
    expect([statesOf(events), ended]).toEqual([["running", "succeeded"], true]);
    expect(await followed).toEqual(events);
    expect(await heard).toEqual({ events, code: 1000 });
    expect(await readStream(await stream(run, { "Last-Event-ID": "1" }))).toEqual(events.slice(1));
  });
});
