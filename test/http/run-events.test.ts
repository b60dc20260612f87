import { createExecutionContext, env, runInDurableObject } from "cloudflare:test";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { runLogPage } from "../../src/contract/http/runs.ts";
import type { RunEvent } from "../../src/contract/run/run-event.ts";
import { createApp } from "../../src/http/app.ts";
import { wireRequest } from "../../src/worker/wire-request.ts";
import { broken } from "../worker/a-broken-env.ts";
import { aLeasedRun } from "../worker/a-pooled-run.ts";
import { keyOf, passTime, poolStub } from "../worker/a-runner.ts";
import { aDocument, adminToken, ask, publish, refusalOf } from "./a-registry.ts";
import { aRun, cancelRun, getRun, plainInputs } from "./a-run.ts";
import { pageOf, readSocket, readStream, statesOf, stream } from "./an-event-stream.ts";

beforeAll(async () => {
  await publish(aDocument("painter", { inputs: plainInputs }));
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** A run that printed four lines in two attempts and succeeded. */
async function aTalkativeRun(pool: string) {
  const leased = await aLeasedRun(pool);
  const { runner, run } = leased;
  runner.started(leased.job);
  runner.say({ type: "log", ...keyOf(leased.job), stream: "stdout", lines: ["one", "two"] });
  runner.say({
    type: "progress",
    ...keyOf(leased.job),
    stage: "execute",
    fraction: 0.5,
    message: "half",
    preview: null,
  });
  runner.say({ type: "release", ...keyOf(leased.job), reason: "again" });
  await runner.hear("accepted");
  const second = await runner.hear("job");
  runner.started(second);
  runner.say({ type: "log", ...keyOf(second), stream: "stderr", lines: ["three", "four"] });
  runner.result(second);
  await runner.hear("accepted");
  return { ...leased, run: await getRun(run.id) };
}

it("tells the same events as pages, as a stream and over WebSocket, whole and after any of them", async () => {
  const { run } = await aTalkativeRun("events.same");
  const { events, ended } = await pageOf(run.id, "?limit=200");
  expect(ended).toBe(true);
  expect(statesOf(events)).toEqual(["queued", "leased", "running", "queued", "leased", "running", "succeeded"]);
  expect(events.map((event) => event.id)).toEqual(events.map((_, at) => at + 1));
  for (const after of [0, 1, events.length - 1, events.length, events.length + 10]) {
    const rest = events.filter((event) => event.id > after);
    const resumed = await stream(run.id, { "Last-Event-ID": String(after) });
    if (rest.length === 0) expect(resumed.status).toBe(204);
    else {
      expect(await readStream(resumed)).toEqual(rest);
      expect(await readStream(await stream(run.id, {}, `?after=${after}`))).toEqual(rest);
    }
    expect(await readSocket(run.id, `?after=${after}`)).toEqual({ events: rest, code: 1000 });
  }
  const paged: RunEvent[] = [];
  for (let isEnd = false; !isEnd; ) {
    const page = await pageOf(run.id, `?limit=3&after=${paged.at(-1)?.id ?? 0}`);
    paged.push(...page.events);
    isEnd = page.ended;
  }
  expect(paged).toEqual(events);
});

it("streams events as they happen, and ends with the run", async () => {
  const { run, runner, job } = await aLeasedRun("events.live");
  const read = readStream(await stream(run.id));
  const socket = readSocket(run.id);
  runner.started(job);
  runner.say({ type: "log", ...keyOf(job), stream: "stdout", lines: ["working"] });
  await runner.beat([keyOf(job)]);
  runner.result(job);
  await runner.hear("accepted");
  const events = await read;
  expect(statesOf(events)).toEqual(["queued", "leased", "running", "succeeded"]);
  expect(events.some((event) => event.type === "log" && event.text === "working")).toBe(true);
  expect(await socket).toEqual({ events, code: 1000 });
});

it("begins with a run that waits, and ends when it is cancelled", async () => {
  const run = await aRun("painter", { inputs: { prompt: "x" }, pool: "events.waiting" });
  const response = await stream(run.id);
  await cancelRun(run.id);
  expect(statesOf(await readStream(response)).at(-1)).toBe("cancelled");
});

it("resumes where it broke off, with nothing lost and nothing twice", async () => {
  const { run, runner, job } = await aLeasedRun("events.resumed");
  const first = await readStream(await stream(run.id), (events) => events.length >= 1);
  runner.started(job);
  runner.say({ type: "log", ...keyOf(job), stream: "stdout", lines: ["a", "b", "c"] });
  await runner.beat([keyOf(job)]);
  const last = String(first.at(-1)?.id);
  const second = await readStream(await stream(run.id, { "Last-Event-ID": last }), (events) => events.length >= 3);
  runner.result(job);
  await runner.hear("accepted");
  const third = await readStream(await stream(run.id, { "Last-Event-ID": String(second.at(-1)?.id) }));
  expect([...first, ...second, ...third]).toEqual((await pageOf(run.id, "?limit=200")).events);
});

it("lets its pool go when the reader goes away", async () => {
  const { run } = await aLeasedRun("events.left");
  const listeners = () =>
    runInDurableObject(poolStub("events.left"), (_, state) => state.getWebSockets(`run:${run.id}`).length);
  await readStream(await stream(run.id), (events) => events.length >= 1);
  await vi.waitFor(async () => expect(await listeners()).toBe(0), { timeout: 5000 });
});

it("is the same from the archive, minutes after the end", async () => {
  const { run } = await aTalkativeRun("events.archived");
  const before = await pageOf(run.id, "?limit=200");
  const logs = await (await ask("GET", `/v1/runs/${run.id}/logs`)).json();
  await passTime("events.archived", 330);
  vi.useRealTimers();
  const row = await env.DB.prepare("SELECT events_digest FROM run WHERE id = ?").bind(run.id).first("events_digest");
  expect(row).toMatch(/^sha256:/);
  expect(await pageOf(run.id, "?limit=200")).toEqual(before);
  expect(await pageOf(run.id, "?limit=2&after=1")).toEqual({ events: before.events.slice(1, 3), ended: false });
  expect(await readStream(await stream(run.id, { "Last-Event-ID": "2" }))).toEqual(before.events.slice(2));
  expect(await readSocket(run.id)).toEqual({ events: before.events, code: 1000 });
  expect(await (await ask("GET", `/v1/runs/${run.id}/logs`)).json()).toEqual(logs);
});

it("tells one event of a run that ended before any pool had it", async () => {
  const run = await aRun("painter", { inputs: { prompt: "x" }, pool: "events.none" });
  await (await cancelRun(run.id)).body?.cancel();
  await runInDurableObject(poolStub("events.none"), (_, { storage }) => {
    storage.sql.exec("DELETE FROM ended");
    storage.sql.exec("DELETE FROM event");
  });
  const { events, ended } = await pageOf(run.id);
  expect(ended).toBe(true);
  expect(events).toMatchObject([{ id: 1, type: "state", state: "cancelled" }]);
  expect(await readStream(await stream(run.id))).toEqual(events);
  expect(await readSocket(run.id)).toEqual({ events, code: 1000 });
});

it("gives the lines of all attempts or of one, page by page, or as plain text", async () => {
  const { run } = await aTalkativeRun("events.logs");
  const lines = async (query: string) =>
    runLogPage.parse(await (await ask("GET", `/v1/runs/${run.id}/logs${query}`)).json());
  const all = await lines("");
  expect(all).toMatchObject({ ended: true, next_cursor: null });
  const handlers = all.lines.filter((line) => line.stream !== "runner");
  expect(handlers.map((line) => line.text)).toEqual(["one", "two", "three", "four"]);
  const paged: string[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const page: Awaited<ReturnType<typeof lines>> = await lines(`?limit=1${cursor === "" ? "" : `&cursor=${cursor}`}`);
    expect(page.lines.length).toBeLessThanOrEqual(1);
    paged.push(...page.lines.map((line) => line.text));
    cursor = page.next_cursor;
  }
  expect(paged).toEqual(all.lines.map((line) => line.text));
  const [attempt] = all.lines.map((line) => line.attempt);
  expect((await lines(`?attempt=${attempt}`)).lines).toEqual(all.lines.filter((line) => line.attempt === attempt));
  expect((await lines("?attempt=99")).lines).toEqual([]);
  const text = await ask("GET", `/v1/runs/${run.id}/logs`, { headers: { Accept: "text/plain" } });
  expect(text.headers.get("content-type")).toContain("text/plain");
  expect(await text.text()).toBe(all.lines.map((line) => `${line.text}\n`).join(""));
});

it("gives a place to go on from while the run has not ended", async () => {
  const { run, runner, job } = await aLeasedRun("events.following");
  runner.started(job);
  runner.say({ type: "log", ...keyOf(job), stream: "stdout", lines: ["early"] });
  await runner.beat([keyOf(job)]);
  const first = runLogPage.parse(await (await ask("GET", `/v1/runs/${run.id}/logs`)).json());
  expect(first.ended).toBe(false);
  runner.say({ type: "log", ...keyOf(job), stream: "stdout", lines: ["late"] });
  await runner.beat([keyOf(job)]);
  const next = await ask("GET", `/v1/runs/${run.id}/logs?cursor=${first.next_cursor}`);
  expect(runLogPage.parse(await next.json()).lines.map((line) => line.text)).toEqual(["late"]);
});

it("says 503 when the pool that has the events does not answer, and GET still tells the run", async () => {
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
  const { run } = await aLeasedRun("events.silent");
  const askWithSilentPool = async (path: string) => {
    const request = new Request(`http://localhost${path}`, { headers: { Authorization: `Bearer ${adminToken}` } });
    const ctx = createExecutionContext();
    const needs = wireRequest(env, ctx, request);
    return createApp().fetch(request, { ...needs, pools: (name) => broken(needs.pools(name)) }, ctx);
  };
  const refused = await askWithSilentPool(`/v1/runs/${run.id}/events`);
  expect(refused.headers.get("retry-after")).toBe("2");
  expect((await refusalOf(refused, 503)).code).toBe("UNAVAILABLE");
  expect(await (await askWithSilentPool(`/v1/runs/${run.id}`)).json()).toMatchObject({ id: run.id });
});

it("refuses a Last-Event-ID and an after that are no event's", async () => {
  const run = await aRun("painter");
  await refusalOf(await stream(run.id, { "Last-Event-ID": "abc" }), 400);
  await refusalOf(await stream(run.id, {}, "?after=-1"), 400);
  await refusalOf(await ask("GET", `/v1/runs/${run.id}/logs?cursor=zzz`), 400);
});
