import { env, evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { afterEach, describe, expect, it, vi } from "vitest";
import { loadHeadSeq } from "../../src/bindings/d1/announcement/head-seq.ts";
import { limits } from "../../src/contract/limits.ts";
import { listenerPace } from "../../src/domain/announcement/listener-pace.ts";
import { aHub, broadcast, commitElsewhere, listenTo, seqsOf } from "./a-hub.ts";

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** The hub's alarm, some time later. */
async function pass(hub: ReturnType<typeof aHub>, seconds: number): Promise<void> {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + seconds * 1000 });
  await runDurableObjectAlarm(hub);
}

const socketsOf = (hub: ReturnType<typeof aHub>) => runInDurableObject(hub, (_, state) => state.getWebSockets().length);

const filtersOf = (hub: ReturnType<typeof aHub>) =>
  runInDurableObject(hub, (_, { storage }) => [...storage.kv.list({ prefix: "filter:" })]);

describe("who listens at a hub", () => {
  it("is told of each change once, in order, however it is announced", async () => {
    const hub = aHub("disorder");
    const after = await loadHeadSeq(env.DB);
    const listener = await listenTo(hub, ["templates/hl_disorder"], { after });
    const seqs = [...(await commitElsewhere("hl_disorder", 7)), ...(await commitElsewhere("hl_disorder", 5))];
    for (const seq of seqs.toReversed()) await broadcast(hub, "hl_disorder", [seq]);
    await Promise.all([broadcast(hub, "hl_disorder", seqs), broadcast(hub, "hl_disorder", seqs)]);
    const more = await commitElsewhere("hl_disorder", 1);
    await broadcast(hub, "hl_disorder", more);
    expect(seqsOf(await listener.hears(13))).toEqual([...seqs, ...more]);
    await broadcast(hub, "hl_disorder", seqs);
    expect(listener.changes()).toHaveLength(13);
    listener.leave();
  });

  it("is told by the alarm of what no broadcast told", async () => {
    const hub = aHub("lost");
    const listener = await listenTo(hub, ["templates/hl_lost"], { after: await loadHeadSeq(env.DB) });
    const seqs = await commitElsewhere("hl_lost", 3);
    await runDurableObjectAlarm(hub);
    expect(seqsOf(await listener.hears(3))).toEqual(seqs);
    // It rings by itself, too.
    const more = await commitElsewhere("hl_lost", 1);
    expect(seqsOf(await listener.hears(4)).at(-1)).toBe(more[0]);
    listener.leave();
  });

  it("is told all that came before and all that comes, when changes go on while it catches up", async () => {
    const hub = aHub("joining");
    const after = await loadHeadSeq(env.DB);
    const name = "hl_joining";
    const live = await listenTo(hub, [`templates/${name}`], { after });
    const seqs = await commitElsewhere(name, limits.listenerPage * 2 + 17);
    const joining: Promise<Awaited<ReturnType<typeof listenTo>>>[] = [];
    for (let round = 0; round < 25; round++) {
      joining.push(
        listenTo(hub, [`templates/${name}`], { after: round % 3 === 0 ? after : (seqs[round * 40] ?? after) }),
      );
      const fresh = await commitElsewhere(name, 3);
      seqs.push(...fresh);
      if (round % 4 !== 0) await broadcast(hub, name, fresh);
    }
    const late = await Promise.all(joining);
    expect(seqsOf(await live.hears(seqs.length))).toEqual(seqs);
    for (const [round, listener] of late.entries()) {
      const from = round % 3 === 0 ? after : (seqs[round * 40] ?? after);
      const wanted = seqs.filter((seq) => seq > from);
      expect(seqsOf(await listener.hears(wanted.length))).toEqual(wanted);
      listener.leave();
    }
    live.leave();
  });

  it("is told once of each, though the hub hibernates in between", async () => {
    const hub = aHub("asleep");
    const after = await loadHeadSeq(env.DB);
    const names = ["templates/hl_asleep"];
    const [one, other] = [await listenTo(hub, names, { after }), await listenTo(hub, ["*"], { after })];
    const seqs = await commitElsewhere("hl_asleep", 4);
    await broadcast(hub, "hl_asleep", seqs);
    await one.hears(4);
    await evictDurableObject(hub);
    expect(await socketsOf(hub)).toBe(2);
    seqs.push(...(await commitElsewhere("hl_asleep", 3)));
    await evictDurableObject(hub);
    await broadcast(hub, "hl_asleep", seqs.slice(-1));
    expect(seqsOf(await one.hears(7))).toEqual(seqs);
    const late = await listenTo(hub, names, { after: seqs[1] ?? 0 });
    expect(seqsOf(await late.hears(5))).toEqual(seqs.slice(2));
    await vi.waitFor(() => expect(seqsOf(other.changes().filter(({ name }) => name === "hl_asleep"))).toEqual(seqs));
    for (const listener of [one, other, late]) listener.leave();
    await vi.waitFor(async () => expect(await filtersOf(hub)).toEqual([]));
    expect(await socketsOf(hub)).toBe(0);
  });

  it("goes on catching up after the hub hibernated", async () => {
    const hub = aHub("asleep-behind");
    const after = await loadHeadSeq(env.DB);
    const seqs = await commitElsewhere("hl_asleep_behind", limits.listenerCheckEvery * 4);
    const listener = await listenTo(hub, ["templates/hl_asleep_behind"], { after, answersChecks: false });
    // Two checks are open: nothing more comes before they are answered.
    await listener.hears(limits.listenerCheckEvery * 2);
    await evictDurableObject(hub);
    await runDurableObjectAlarm(hub);
    expect(listener.changes()).toHaveLength(limits.listenerCheckEvery * 2);
    const answer = () => {
      const check = listener.messages.findLast(({ message }) => message === "check");
      listener.say({ message: "seen", seq: check !== undefined && "seq" in check ? check.seq : 0 });
    };
    answer();
    await listener.hears(limits.listenerCheckEvery * 3);
    answer();
    expect(seqsOf(await listener.hears(seqs.length))).toEqual(seqs);
    listener.leave();
  });

  it("is told that all is well when nothing happens, and up to where", async () => {
    const hub = aHub("quiet");
    const head = await loadHeadSeq(env.DB);
    const listener = await listenTo(hub, ["templates/hl_nothing"], { after: head });
    const [last] = await commitElsewhere("hl_elsewhere", 1);
    await broadcast(hub, "hl_elsewhere", [last ?? 0]);
    await vi.waitFor(async () => {
      await pass(hub, 16);
      const told = listener.messages.map((message) => ("seq" in message ? message.seq : null));
      expect(told.at(-1)).toBeGreaterThanOrEqual(last ?? 0);
    }, 10_000);
    expect(listener.messages.every(({ message }) => message === "still_here")).toBe(true);
    listener.leave();
  });

  it("may not know of names beyond its own", async () => {
    const hub = aHub("allowed");
    const filter = { types: null, names: ["*"], allowed: ["templates/hl_mine_*", "models/*"], as: "messages" as const };
    const listener = await listenTo(hub, [], { after: await loadHeadSeq(env.DB), filter });
    await commitElsewhere("hl_theirs", 2);
    const seqs = await commitElsewhere("hl_mine_a", 2);
    await broadcast(hub, "hl_mine_a", seqs);
    expect(seqsOf(await listener.hears(2))).toEqual(seqs);
    listener.leave();
  });
});

describe("a listener that does not keep up", () => {
  it("is asked how far it is, and sent away with a place to come back to", async () => {
    const hub = aHub("slow");
    const name = "hl_slow";
    const after = await loadHeadSeq(env.DB);
    const [slow, quick] = [
      await listenTo(hub, [`templates/${name}`], { after, answersChecks: false }),
      await listenTo(hub, [`templates/${name}`], { after }),
    ];
    const seqs: number[] = [];
    while (seqs.length < limits.listenerBehind) {
      seqs.push(...(await commitElsewhere(name, 1000)));
      await broadcast(hub, name, seqs.slice(-1));
      await quick.hears(seqs.length);
    }
    expect(await slow.closed).toEqual({ code: 1013, reason: `resume with after=${after}` });
    const heard = seqsOf(slow.changes());
    expect(heard).toEqual(seqs.slice(0, heard.length));
    expect(heard.length - limits.listenerBehind).toBeLessThan(listenerPace.batch);
    expect(slow.messages.filter(({ message }) => message === "check").length).toBe(
      limits.listenerBehind / limits.listenerCheckEvery,
    );
    expect(seqsOf(quick.changes())).toEqual(seqs);
    quick.leave();
  });

  it("is sent away when it does not answer for a minute, others are not", async () => {
    const hub = aHub("mute");
    const name = "hl_mute";
    const after = await loadHeadSeq(env.DB);
    const seqs = await commitElsewhere(name, limits.listenerCheckEvery * 3);
    const mute = await listenTo(hub, [`templates/${name}`], { after, answersChecks: false });
    const good = await listenTo(hub, [`templates/${name}`], { after });
    expect(seqsOf(await good.hears(seqs.length))).toEqual(seqs);
    await mute.hears(limits.listenerCheckEvery * 2);
    const first = mute.messages.find(({ message }) => message === "check");
    mute.say({ message: "seen", seq: first !== undefined && "seq" in first ? first.seq : 0 });
    await mute.hears(seqs.length);
    await pass(hub, 61);
    await pass(hub, 61);
    expect(await mute.closed).toEqual({
      code: 1013,
      reason: `resume with after=${seqs[limits.listenerCheckEvery - 1]}`,
    });
    good.say({ message: "seen", seq: seqs.at(-1) });
    good.leave();
    expect((await good.closed).code).toBe(1000);
  });

  it("that is far behind holds up nobody", async () => {
    const hub = aHub("far-behind");
    const name = "hl_far";
    const after = await loadHeadSeq(env.DB);
    const old = await commitElsewhere(name, limits.listenerCheckEvery * 6);
    const stuck = await listenTo(hub, [`templates/${name}`], { after, answersChecks: false });
    await stuck.hears(limits.listenerCheckEvery * 2);
    const near = await listenTo(hub, [`templates/${name}`], { after: old.at(-3) ?? 0 });
    const fresh = await commitElsewhere(name, 2);
    await broadcast(hub, name, fresh);
    expect(seqsOf(await near.hears(4))).toEqual([...old.slice(-2), ...fresh]);
    expect(stuck.changes()).toHaveLength(limits.listenerCheckEvery * 2);
    stuck.leave();
    near.leave();
  });
});

describe("a listener's time", () => {
  it("ends when its right does", async () => {
    const hub = aHub("until");
    const after = await loadHeadSeq(env.DB);
    const listener = await listenTo(hub, ["templates/hl_until"], { after, until: Date.now() + 5000 });
    const seqs = await commitElsewhere("hl_until", 1);
    await broadcast(hub, "hl_until", seqs);
    await listener.hears(1);
    await pass(hub, 6);
    const { code, reason } = await listener.closed;
    expect(code).toBe(1013);
    expect(Number(reason.replace("resume with after=", ""))).toBeGreaterThanOrEqual(after);
  });
});

describe("what a listener says", () => {
  it.each([
    ["no JSON", "{", 1008],
    ["something else", { message: "hello" }, 1008],
    ["more than is asked for", { message: "seen", seq: 0, more: true }, 1008],
    ["a fraction", { message: "seen", seq: 1.5 }, 1008],
    ["what was never sent", { message: "seen", seq: 1e12 }, 1008],
    ["too much", "x".repeat(2000), 1009],
  ])("ends its connection where it is %s", async (what, message, code) => {
    const hub = aHub("bad-messages");
    const listener = await listenTo(hub, ["templates/hl_bad"], { after: await loadHeadSeq(env.DB) });
    const good = await listenTo(hub, ["templates/hl_bad"], { after: await loadHeadSeq(env.DB) });
    listener.say(message);
    const closed = await listener.closed;
    expect(closed.code, what).toBe(code);
    expect(closed.reason.length).toBeGreaterThan(10);
    const seqs = await commitElsewhere("hl_bad", 1);
    await broadcast(hub, "hl_bad", seqs);
    expect(seqsOf(await good.hears(1))).toEqual(seqs);
    good.leave();
  });
});

it("a hub answers who wants no WebSocket", async () => {
  expect((await aHub("plain").fetch(new Request("https://hub/events"))).status).toBe(426);
});
