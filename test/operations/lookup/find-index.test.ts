import { describe, expect, test } from "vitest";
import type { Changes } from "../../../src/contract/announcement/announcement.ts";
import type { NameIndex } from "../../../src/contract/artifact/name-index.ts";
import { type FindIndexNeeds, findIndex } from "../../../src/operations/lookup/find-index.ts";
import { aLookup, anIndex, aVersion } from "./a-lookup.ts";

const outage = () => Promise.reject(new Error("no answer"));

async function find(needs: FindIndexNeeds, minSeq = 0) {
  const found = await findIndex(needs, "template", "sharpen", minSeq);
  if (!found.ok) throw new Error(`${found.failure.code}: ${found.failure.message}`);
  return found.value;
}

async function refusal(needs: FindIndexNeeds, minSeq = 0): Promise<string> {
  const found = await findIndex(needs, "template", "sharpen", minSeq);
  return found.ok ? "found" : found.failure.code;
}

function changed(since: number, seq: number): Changes {
  return { since, seq, announcements: [{ seq, kind: "template", name: "sharpen" }] };
}

describe("where an index comes from", () => {
  test("a cold isolate syncs and reads KV at once; what KV has and the sync proves is answered", async () => {
    const { needs, calls } = aLookup({ sources: { indexFromKv: async () => anIndex({ seq: 1 }) } });
    expect(await find(needs)).toMatchObject({ tier: "kv", seq: 1, staleSeconds: null });
    expect(calls).toEqual({ syncs: 1, kv: 1, d1: 0 });
  });

  test("then memory answers, and asks nobody", async () => {
    const { needs, calls } = aLookup();
    await find(needs);
    const before = { ...calls };
    expect((await find(needs)).tier).toBe("memory");
    expect(calls).toEqual(before);
  });

  test.each<[string, () => Promise<NameIndex | null>]>([
    ["misses", async () => null],
    ["fails", outage],
    ["is older than the name's last change", async () => anIndex({ seq: 6 })],
  ])("D1 answers when KV %s", async (_, indexFromKv) => {
    const fromD1 = anIndex({ seq: 8, versions: [aVersion("1.1.0")] });
    const { needs } = aLookup({
      sources: { indexFromKv, indexFromD1: async () => fromD1, changesSince: async () => changed(5, 7) },
    });
    const found = await find(needs);
    expect(found).toMatchObject({ tier: "d1", seq: 8 });
    expect(found.remembered.index).toEqual(fromD1);
  });

  test("an index that memory is too small to keep is answered all the same", async () => {
    const { needs, calls } = aLookup({ memoryBytes: 8 * 100 });
    expect(await find(needs)).toMatchObject({ tier: "d1" });
    expect(calls.d1).toBe(1);
  });

  test("of two reads that overtake each other, the newer one stays", async () => {
    const slow = Promise.withResolvers<NameIndex>();
    const { needs, sources } = aLookup({ sources: { indexFromD1: () => slow.promise } });
    const first = find(needs);
    await new Promise((resolve) => setImmediate(resolve));
    sources.indexFromD1 = async () => anIndex({ seq: 9 });
    expect((await find(needs)).seq).toBe(9);
    slow.resolve(anIndex({ seq: 2 }));
    expect((await first).remembered.index.seq).toBe(9);
    expect((await find(needs)).remembered.index.seq).toBe(9);
  });

  test("a read that took so long that the lease ended is followed by a sync before the answer", async () => {
    const { needs, clock, calls, sources } = aLookup();
    sources.indexFromD1 = async () => {
      clock.now += 4000;
      return anIndex();
    };
    expect((await find(needs)).staleSeconds).toBeNull();
    expect(calls.syncs).toBe(2);
  });

  test("a name that changes at every read is refused in the end, not answered old", async () => {
    const { needs, sources } = aLookup({ sources: { changesSince: async () => changed(0, 5) } });
    sources.indexFromD1 = async () => anIndex({ seq: 4 });
    expect(await refusal(needs)).toBe("UNAVAILABLE");
  });
});

describe("a seq that is asked for", () => {
  test("makes the isolate sync with that seq when it is not there yet", async () => {
    const { needs, sources } = aLookup();
    await find(needs);
    const asked: number[] = [];
    sources.changesSince = async (since, minSeq) => {
      asked.push(minSeq);
      return { since, seq: 7, announcements: [] };
    };
    expect((await find(needs, 7)).seq).toBe(7);
    expect(asked).toEqual([7]);
  });

  test("that nobody has reached is refused as such", async () => {
    const { needs, calls } = aLookup();
    expect(await refusal(needs, 99)).toBe("SEQ_NOT_REACHED");
    expect(calls.syncs).toBe(2);
  });

  test("is refused as unavailable when nobody can be asked for it", async () => {
    const { needs, sources } = aLookup();
    await find(needs);
    sources.changesSince = outage;
    expect(await refusal(needs, 2)).toBe("UNAVAILABLE");
  });
});

describe("a refresh in the background", () => {
  test("runs once for many lookups, after their answers", async () => {
    const { needs, clock, calls, later } = aLookup();
    await find(needs);
    clock.now += 2000;
    await Promise.all([find(needs), find(needs), find(needs)]);
    expect(calls.syncs).toBe(2);
    expect(later).toHaveLength(1);
  });

  test("that never reports is taken for lost, and another one runs", async () => {
    const { needs, clock, calls, sources } = aLookup();
    await find(needs);
    sources.changesSince = () => new Promise(() => undefined);
    clock.now += 2000;
    await find(needs);
    clock.now += 1000;
    await find(needs);
    expect(calls.syncs).toBe(2);
    clock.now += 999;
    await find(needs);
    expect(calls.syncs).toBe(2);
  });

  test("that fails leaves answers as they are until the lease ends", async () => {
    const { needs, clock, later, sources } = aLookup();
    await find(needs);
    sources.changesSince = outage;
    clock.now += 2000;
    expect((await find(needs)).staleSeconds).toBeNull();
    await Promise.all(later);
    clock.now += 1999;
    expect((await find(needs)).staleSeconds).toBeNull();
  });
});

describe("when hub and D1 do not answer", () => {
  test("memory is answered, and says since when it is unproven", async () => {
    const { needs, clock, sources } = aLookup();
    await find(needs);
    sources.changesSince = outage;
    clock.now += 90_000;
    expect(await find(needs)).toMatchObject({ tier: "memory", staleSeconds: 90 });
  });

  test("KV is answered by an isolate that never reached anyone, with the age of the copy", async () => {
    const { needs } = aLookup({
      sources: { changesSince: outage, indexFromD1: outage, indexFromKv: async () => anIndex() },
    });
    expect(await find(needs)).toMatchObject({ tier: "kv", seq: 1, staleSeconds: 1 });
  });

  test("a name that is in no cache is refused", async () => {
    const { needs } = aLookup({ sources: { changesSince: outage, indexFromD1: outage } });
    expect(await refusal(needs)).toBe("UNAVAILABLE");
  });

  test("a lease that still runs lets KV answer what D1 cannot prove, as stale", async () => {
    const { needs, sources } = aLookup({
      sources: { changesSince: async () => ({ since: 5, seq: 9, announcements: [] }), indexFromD1: outage },
    });
    sources.indexFromKv = async () => anIndex({ seq: 3 });
    expect(await find(needs)).toMatchObject({ tier: "kv", seq: 3, staleSeconds: 1 });
  });

  test("nothing is answered beyond the time that stale answers are allowed", async () => {
    const { needs, clock, sources } = aLookup();
    await find(needs);
    sources.changesSince = outage;
    clock.now += needs.staleIfErrorMs;
    expect((await find(needs)).staleSeconds).toBe(3600);
    clock.now += 1;
    expect(await refusal(needs)).toBe("UNAVAILABLE");
  });

  test("a state that is older than the asked one is not answered", async () => {
    const { needs, clock, sources } = aLookup();
    await find(needs);
    sources.changesSince = outage;
    clock.now += 5000;
    expect(await refusal(needs, 2)).toBe("UNAVAILABLE");
    expect(await refusal(needs, 1)).toBe("found");
  });

  test("a caller that published here never gets KV's copy from before", async () => {
    const { needs, sources } = aLookup({ sources: { indexFromKv: async () => anIndex() } });
    await find(needs);
    needs.memory.noteChange("template/sharpen", 2);
    sources.indexFromD1 = outage;
    expect(await refusal(needs)).toBe("UNAVAILABLE");
  });

  test("KV's copies are not answered in an order that goes back", async () => {
    const { needs, clock, sources } = aLookup({ sources: { changesSince: outage } });
    sources.indexFromKv = async () => anIndex({ seq: 8 });
    expect((await find(needs)).seq).toBe(8);
    clock.now += 10;
    sources.indexFromKv = async () => anIndex({ seq: 7 });
    expect(await refusal(needs)).toBe("UNAVAILABLE");
  });

  test("the next try comes after a pause, and the first that succeeds ends the outage", async () => {
    const { needs, clock, calls, sources } = aLookup();
    await find(needs);
    sources.changesSince = outage;
    clock.now += 5000;
    await find(needs);
    clock.now += 499;
    await find(needs);
    expect(calls.syncs).toBe(2);
    clock.now += 1;
    sources.changesSince = async (since) => ({ since, seq: 1, announcements: [] });
    expect((await find(needs)).staleSeconds).toBeNull();
    expect(calls.syncs).toBe(3);
  });
});
