import { env } from "cloudflare:test";
import { v7 } from "uuid";
import { describe, expect, it, test } from "vitest";
import { insertEntity } from "../../../src/bindings/d1/entity/entity-insert.ts";
import { loadEntityFacts, loadEntityRows } from "../../../src/bindings/d1/entity/entity-row.ts";
import { loadBorrowed } from "../../../src/bindings/d1/entity/entity-sources.ts";
import { type EntityRow, entityStatements, type Guard } from "../../../src/bindings/d1/entity/entity-statements.ts";
import { primary } from "../../../src/bindings/d1/primary.ts";
import { limits } from "../../../src/contract/limits.ts";
import { broken } from "../../worker/a-broken-env.ts";
import { anEntityRow } from "./an-entity-row.ts";

const digest = `sha256:${"ab".repeat(32)}`;
const artifact = { kind: "template" as const, name: "resize", version: "1.2.3", digest };

async function record(row: EntityRow, guard: Guard | null = null): Promise<void> {
  const session = primary(env.DB);
  await session.batch(entityStatements(session, row, guard));
}

it("an entity reads back as it was recorded, with its sources", async () => {
  const source = anEntityRow();
  const row = anEntityRow({
    type: { role: "output", ...artifact },
    data: '{"a":[1,{"b":null}]}',
    data_bytes: 20,
    untyped_data: { seed: 7 },
    attribute_source: { a: [`@${source.ecs_id}`, { b: null }] },
    borrowed: [{ path: '/a/"é', sourceEcsId: source.ecs_id, sourcePath: "" }],
    files: [digest, digest],
    derived_from_function: "template/resize@1.2.3",
    derived_from_run: v7(),
    output_index: 0,
  });
  await record(source);
  await record(row);
  const { borrowed, files: _, data, ...told } = row;
  expect(await loadEntityRows(env.DB, [row.ecs_id])).toEqual([{ ...told, data: JSON.parse(data ?? "") }]);
  const { untyped_data: __, attribute_source: ___, ...facts } = told;
  expect(await loadEntityFacts(env.DB, [row.ecs_id, v7()])).toEqual([facts]);
  expect(await loadBorrowed(env.DB, row.ecs_id)).toEqual(borrowed);
  expect(await loadEntityRows(env.DB, [])).toEqual([]);
});

it("as many sources as a request may have, each as long as it may be, are recorded", async () => {
  const long = "/é".repeat(limits.addressLength / 2);
  const borrowed = Array.from({ length: limits.referencePlaces }, (_, n) => ({
    path: `${long.slice(6)}/${n}`,
    sourceEcsId: v7(),
    sourcePath: long,
  }));
  const row = anEntityRow({ borrowed });
  await record(row);
  expect(await loadBorrowed(env.DB, row.ecs_id)).toHaveLength(limits.referencePlaces);
});

describe("with a guard", () => {
  const row = () => anEntityRow({ borrowed: [{ path: "/a", sourceEcsId: v7(), sourcePath: "/b" }], files: [digest] });
  const tables = async (ecsId: string) => {
    const counts = ["entity", "entity_source", "entity_file"].map((table) =>
      env.DB.prepare(`SELECT count(*) AS n FROM ${table} WHERE ecs_id = ?`).bind(ecsId).first("n"),
    );
    return Promise.all(counts);
  };

  it("that holds, everything is recorded", async () => {
    const one = row();
    await record(one, { sql: "EXISTS (SELECT 1 WHERE ? = 1 AND ? = 'x')", values: [1, "x"] });
    expect(await tables(one.ecs_id)).toEqual([1, 1, 1]);
  });

  it("that does not hold, nothing is", async () => {
    const one = row();
    await record(one, { sql: "EXISTS (SELECT 1 WHERE ? = 1)", values: [0] });
    expect(await tables(one.ecs_id)).toEqual([0, 0, 0]);
  });
});

it("one of two next versions of a lineage is recorded, whoever is first, and nothing of the other", async () => {
  const first = anEntityRow();
  expect(await insertEntity(env.DB, first)).toBe(true);
  const next = Array.from({ length: 20 }, () =>
    anEntityRow({
      lineage_id: first.ecs_id,
      lineage_version: 2,
      borrowed: [{ path: "/a", sourceEcsId: first.ecs_id, sourcePath: "/a" }],
    }),
  );
  const won = await Promise.all(next.map((row) => insertEntity(env.DB, row)));
  expect(won.filter(Boolean)).toHaveLength(1);
  const sources = await env.DB.prepare("SELECT ecs_id FROM entity_source WHERE source_ecs_id = ?")
    .bind(first.ecs_id)
    .all();
  expect(sources.results).toEqual([{ ecs_id: next[won.indexOf(true)]?.ecs_id }]);
});

it("an outage is no lost race: it throws", async () => {
  await expect(insertEntity(broken(env.DB), anEntityRow())).rejects.toThrow();
});

test.each([
  ["UPDATE entity SET data = '{}'", "an entity never changes"],
  ["UPDATE entity SET created_by = created_by WHERE ecs_id = ecs_id", "an entity never changes"],
  ["DELETE FROM entity", "an entity is never deleted"],
  ["UPDATE entity_source SET path = '/x'", "provenance never changes"],
  ["DELETE FROM entity_source", "provenance is never deleted"],
])("the database itself refuses %s", async (statement, why) => {
  const row = anEntityRow({ borrowed: [{ path: "/a", sourceEcsId: v7(), sourcePath: "/b" }] });
  await record(row);
  await expect(env.DB.prepare(statement).run()).rejects.toThrow(why);
});
