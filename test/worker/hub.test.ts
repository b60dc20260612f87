import { env } from "cloudflare:test";
import { expect, it } from "vitest";
import { coherence } from "../../src/domain/lookup/coherence-limits.ts";
import { announceToHubs, hubOf } from "../../src/worker/hubs.ts";
import { aDocument, publish } from "../http/a-registry.ts";

const aHub = (name: string) => env.HUB.get(env.HUB.idFromName(name));

/** What a commit elsewhere leaves in D1, its broadcast lost. */
async function announceInD1(count: number): Promise<number> {
  const { results } = await env.DB.prepare(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
     INSERT INTO announcement (kind, name, revision, change, announced_at, announced_by)
     SELECT 'template', lower(hex(randomblob(8))), i, 'published', '', 'elsewhere' FROM n RETURNING seq`,
  )
    .bind(count)
    .all<{ seq: number }>();
  return Math.max(...results.map(({ seq }) => seq));
}

it("tells who syncs first everything from D1", async () => {
  const { seq } = await publish(aDocument("told"));
  const changes = await aHub("first").changesSince(0, 0);
  expect(changes).toMatchObject({ since: 0, seq });
  expect(changes.announcements.at(-1)).toEqual({ seq, kind: "template", name: "told" });
});

it("answers from what it heard, without asking D1, while its lease runs", async () => {
  const hub = aHub("hearing");
  const { seq } = await hub.changesSince(0, 0);
  await hub.announce([{ seq: seq + 1, kind: "template", name: "only_heard" }]);
  expect((await hub.changesSince(seq, 0)).announcements.map(({ name }) => name)).toEqual(["only_heard"]);
});

it("asks D1 at once when a broadcast shows that it missed one", async () => {
  const hub = aHub("gap");
  const { seq } = await hub.changesSince(0, 0);
  const newest = await announceInD1(2);
  await hub.announce([{ seq: newest, kind: "template", name: "after_the_gap" }]);
  const changes = await hub.changesSince(seq, 0);
  expect(changes.seq).toBe(newest);
  expect(changes.announcements.map((announced) => announced.seq)).toEqual([newest - 1, newest]);
});

it("asks D1 for a seq that it does not know, and is not fooled by one that D1 has not", async () => {
  const hub = aHub("asked");
  await hub.changesSince(0, 0);
  const newest = await announceInD1(1);
  expect((await hub.changesSince(0, newest)).seq).toBe(newest);
  expect((await hub.changesSince(0, newest + 1000)).seq).toBe(newest);
});

it("hears a broadcast twice, late and in disorder without harm", async () => {
  const hub = aHub("disorder");
  const before = (await hub.changesSince(0, 0)).seq;
  const newest = await announceInD1(3);
  const { announcements } = await aHub("orderly").changesSince(before, newest);
  await hub.announce(announcements.toReversed());
  for (const announced of [...announcements, ...announcements]) await hub.announce([announced]);
  expect((await hub.changesSince(before, 0)).announcements).toEqual(announcements);
});

it("owns up to what it cannot tell any more by a higher since", async () => {
  const newest = await announceInD1(coherence.hubMemory + 10);
  const changes = await aHub("forgetful").changesSince(0, newest);
  expect(changes.announcements).toHaveLength(coherence.changesPerSync);
  expect(changes).toMatchObject({ since: newest - coherence.changesPerSync, seq: newest });
});

it("asks D1 once for many who sync at the same time", async () => {
  const hub = aHub("crowded");
  const all = await Promise.all(Array.from({ length: 50 }, () => hub.changesSince(0, 0)));
  expect(new Set(all.map(({ seq }) => seq)).size).toBe(1);
});

it("is told of a publish in every region", async () => {
  const hub = hubOf(env, "apac");
  const before = (await hub.changesSince(0, 0)).seq;
  await announceToHubs(env, [{ seq: before + 1, kind: "template", name: "broadcast" }]);
  expect((await hub.changesSince(before, 0)).announcements.map(({ name }) => name)).toEqual(["broadcast"]);
});
