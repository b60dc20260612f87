import { env } from "cloudflare:test";
import { beforeAll, expect, it } from "vitest";
import { loadHeadSeq } from "../../../src/bindings/d1/announcement/head-seq.ts";
import { pullAnnouncements } from "../../../src/bindings/d1/announcement/pull-announcements.ts";

beforeAll(async () => {
  expect(await loadHeadSeq(env.DB)).toBe(0);
  expect(await pullAnnouncements(env.DB, 0, 10)).toEqual({ since: 0, seq: 0, announcements: [] });
  await env.DB.prepare(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10)
     INSERT INTO announcement (kind, name, revision, change, announced_at, announced_by)
     SELECT 'template', 'n' || i, 1, 'published', '', 'test' FROM n`,
  ).run();
});

it("gives what came after a seq, oldest first", async () => {
  const { since, seq, announcements } = await pullAnnouncements(env.DB, 7, 10);
  expect([since, seq]).toEqual([7, 10]);
  expect(announcements.map(({ seq: each, name }) => [each, name])).toEqual([
    [8, "n8"],
    [9, "n9"],
    [10, "n10"],
  ]);
});

it("gives the newest when there are more than it may, and owns up to the gap by a higher since", async () => {
  const { since, seq, announcements } = await pullAnnouncements(env.DB, 2, 3);
  expect([since, seq, announcements.length]).toEqual([7, 10, 3]);
});

it("claims no gap where there is none", async () => {
  for (const after of [7, 10, 99]) expect((await pullAnnouncements(env.DB, after, 4)).since).toBe(after);
});

it("knows the newest seq", async () => {
  expect(await loadHeadSeq(env.DB)).toBe(10);
});
