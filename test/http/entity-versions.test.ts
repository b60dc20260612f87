import { describe, expect, it } from "vitest";
import { entityComparison } from "../../src/contract/entity/comparison.ts";
import { type Entity, entity } from "../../src/contract/entity/entity.ts";
import { entityPage } from "../../src/contract/http/entities.ts";
import { aName, ask, refusalOf } from "./a-registry.ts";
import { anEntity, aVersion, postVersion } from "./an-entity.ts";

async function versionsOf(of: Entity, query = ""): Promise<{ items: number[]; cursor: string | null }> {
  const page = entityPage.parse(await (await ask("GET", `/v1/entities/${of.ecs_id}/versions${query}`)).json());
  return { items: page.items.map((item) => item.lineage_version), cursor: page.next_cursor };
}

async function compare(from: Entity, to: Entity) {
  return entityComparison.parse(await (await ask("GET", `/v1/entities/${from.ecs_id}/compare?to=${to.ecs_id}`)).json());
}

describe("a new version", () => {
  it("leaves the old one as it is, keeps the sources of what is unchanged, and is the newest of the lineage", async () => {
    const label = aName("versioned");
    const lender = await anEntity({ name: "Ada", more: [1, 2] });
    const data = { name: `@${lender.ecs_id}.name`, more: `@${lender.ecs_id}.more`, own: 1 };
    const first = await anEntity(data, { label, untyped_data: { note: "kept" } });
    const second = await aVersion(first, { name: "Ada", more: [1, 3], own: 2 });
    expect(second).toMatchObject({
      lineage_id: first.lineage_id,
      lineage_version: 2,
      previous_ecs_id: first.ecs_id,
      type: { role: "external", label },
      data: { name: "Ada", more: [1, 3], own: 2 },
      untyped_data: { note: "kept" },
      attribute_source: { name: `@${lender.ecs_id}.name`, more: [`@${lender.ecs_id}.more[0]`, null], own: null },
    });
    expect(entity.parse(await (await ask("GET", `/v1/entities/${first.ecs_id}`)).json())).toEqual(first);
    expect((await versionsOf(first)).items).toEqual([2, 1]);
    const newest = await ask("GET", `/v1/entities?name=${label}&newest=true`);
    expect(entityPage.parse(await newest.json()).items.map((item) => item.ecs_id)).toEqual([second.ecs_id]);
  });

  it("of a version that is not the newest is refused, and the newest is named", async () => {
    const first = await anEntity({ n: 1 });
    const second = await aVersion(first, { n: 2 });
    const problem = await refusalOf(await postVersion(first, { n: 3 }), 409);
    expect(problem.code).toBe("STATE_CONFLICT");
    expect(problem.detail).toContain(second.ecs_id);
    expect(problem.detail).toContain("version 2");
  });

  it("is one when twenty ask for it at once; the others are told which", async () => {
    const first = await anEntity({ n: 0 });
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => postVersion(first, { n })));
    const won = answers.filter((answer) => answer.status === 201);
    expect(won).toHaveLength(1);
    const winner = entity.parse(await won[0]?.json());
    for (const answer of answers.filter((one) => one.status !== 201)) {
      expect((await refusalOf(answer, 409)).detail).toContain(winner.ecs_id);
    }
    expect((await versionsOf(first)).items).toEqual([2, 1]);
  });

  it("as a fork starts a lineage of its own, from any version", async () => {
    const first = await anEntity({ n: 1 });
    await aVersion(first, { n: 2 });
    const fork = await aVersion(first, { n: 3 }, { fork: true });
    expect(fork).toMatchObject({
      lineage_id: fork.ecs_id,
      lineage_version: 1,
      previous_ecs_id: first.ecs_id,
      forked_at: fork.created_at,
    });
    expect((await versionsOf(fork)).items).toEqual([1]);
    expect((await aVersion(fork, { n: 4 })).lineage_version).toBe(2);
  });

  it("may borrow, and its references are checked as everywhere", async () => {
    const first = await anEntity({ n: 1 });
    const second = await aVersion(first, { n: `@${first.ecs_id}.n`, more: "@@x" });
    expect(second).toMatchObject({ data: { n: 1, more: "@x" }, attribute_source: { n: `@${first.ecs_id}.n` } });
    const problem = await refusalOf(await postVersion(second, { n: `@${first.ecs_id}.x` }), 422);
    expect(problem.issues).toMatchObject([{ path: "/data/n", code: "address_missing" }]);
  });

  it("of nothing is 404", async () => {
    const none = { ...(await anEntity({})), ecs_id: "0190a6b4-7c1e-7d3a-9f2b-000000000001" };
    expect((await refusalOf(await postVersion(none, {}), 404)).code).toBe("ENTITY_NOT_FOUND");
  });
});

it("versions are paged, newest first", async () => {
  const first = await anEntity({ n: 1 });
  let last = first;
  for (let n = 2; n <= 5; n += 1) last = await aVersion(last, { n });
  const one = await versionsOf(first, "?limit=3");
  expect(one.items).toEqual([5, 4, 3]);
  expect(await versionsOf(last, `?limit=3&cursor=${one.cursor}`)).toEqual({ items: [2, 1], cursor: null });
});

describe("comparing two entities", () => {
  it("tells each difference with both values", async () => {
    const first = await anEntity({ a: 1, list: [1, 2], gone: true, same: { x: 1 } });
    const second = await aVersion(first, { same: { x: 1 }, a: 2, list: [1], added: { b: [] } });
    expect(await compare(first, second)).toEqual({
      from: first.ecs_id,
      to: second.ecs_id,
      same_lineage: true,
      equal: false,
      truncated: false,
      differences: [
        { op: "changed", path: "/a", from: 1, to: 2 },
        { op: "removed", path: "/list/1", from: 2, to: null },
        { op: "removed", path: "/gone", from: true, to: null },
        { op: "added", path: "/added", from: null, to: { b: [] } },
      ],
    });
  });

  it("finds none between equal data, also of different lineages and when they lie in R2", async () => {
    const data = { text: "x".repeat(70_000), b: 1 };
    const one = await anEntity(data);
    const other = await anEntity({ b: 1, text: data.text });
    expect(await compare(one, other)).toMatchObject({ equal: true, same_lineage: false, differences: [] });
  });

  it("stops at the most that it may tell", async () => {
    const one = await anEntity({ list: Array.from({ length: 3000 }, () => 0) });
    const other = await anEntity({ list: Array.from({ length: 3000 }, () => 1) });
    const { differences, truncated } = await compare(one, other);
    expect([differences.length, truncated]).toEqual([1000, true]);
  });
});
