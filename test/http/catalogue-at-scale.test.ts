import { env } from "cloudflare:test";
import { beforeAll, expect, it } from "vitest";
import { cataloguePage } from "../../src/contract/artifact/catalogue.ts";
import { aDocument, publish, read } from "./a-registry.ts";

const count = 10_000;

beforeAll(async () => {
  await env.DB.prepare(
    `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${count - 1})
     INSERT INTO catalogue (kind, name, version, state, title, description, category, author, keywords, runtime, gpu, abstract, published_at)
     SELECT 'template', printf('made_%05d', i), '1.0.0', 'live', 'Made ' || i, 'The number ' || i, 'c' || (i % 10), NULL,
       '["k' || (i % 100) || '"]', 'runner', i % 2, 0, '2026-01-01T00:00:00.000Z' FROM n`,
  ).run();
});

it("walks 10,000 templates page by page, each exactly once, in order", async () => {
  const names = await walk("limit=200");
  expect(names).toHaveLength(count);
  expect(names).toEqual(names.toSorted());
  expect(new Set(names).size).toBe(count);
});

it("shows every name exactly once to who walks while others publish before, between and after", async () => {
  const published: string[] = [];
  const names = await walk("limit=200&category=c3", async (page) => {
    for (const name of [`aaa_${page}`, `made_04${page}xx`, `zzz_${page}`]) {
      await publish(aDocument(name, { category: "c3" }));
      published.push(name);
    }
  });
  expect(new Set(names).size).toBe(names.length);
  const thereBefore = names.filter((name) => !published.includes(name));
  expect(thereBefore).toHaveLength(count / 10);
  expect(names.filter((name) => name.startsWith("zzz_")).length).toBeGreaterThan(0);
});

it("walks what a search found in the order of how well it fits, while others publish", async () => {
  await publish(aDocument("number"));
  let more = 0;
  const names = await walk("limit=200&q=number+77", () => {
    more += 1;
    return publish(aDocument(`number_77_${more}`));
  });
  const wanted = Array.from({ length: count }, (_, index) => index).filter((index) => String(index).startsWith("77"));
  expect(names.filter((name) => name.startsWith("made_"))).toHaveLength(wanted.length);
  expect(new Set(names).size).toBe(names.length);
});

it("finds one among 10,000 by its name, its words, its category and its tag", async () => {
  expect(await walk("q=made_07777")).toEqual(["made_07777"]);
  expect(await walk("q=7777")).toEqual(["made_07777"]);
  expect(await walk("limit=200&category=c7&tag=k77")).toHaveLength(100);
  expect(await walk("q=number&category=c1&tag=k11&gpu=false")).toEqual([]);
});

it("gives pages of 50 when no limit is asked", async () => {
  const page = cataloguePage.parse(await (await read("/v1/templates")).json());
  expect(page.items).toHaveLength(50);
});

async function walk(query: string, between: (page: number) => Promise<unknown> = async () => undefined) {
  const names: string[] = [];
  let cursor: string | null = null;
  let page = 0;
  do {
    const at = cursor === null ? "" : `&cursor=${cursor}`;
    const answer = cataloguePage.parse(await (await read(`/v1/templates?${query}${at}`)).json());
    names.push(...answer.items.map(({ name }) => name));
    cursor = answer.next_cursor;
    page += 1;
    if (cursor !== null) await between(page);
  } while (cursor !== null);
  return names;
}
