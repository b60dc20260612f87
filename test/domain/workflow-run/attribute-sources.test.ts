import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { AttributeSource } from "../../../src/contract/entity/entity.ts";
import { limits } from "../../../src/contract/limits.ts";
import { isMap, type JsonMap, type JsonValue } from "../../../src/domain/document/json-value.ts";
import { parseAddress } from "../../../src/domain/entity/parse-address.ts";
import { workflowOutputEntity } from "../../../src/domain/entity/workflow-output-entity.ts";
import { attributeSources } from "../../../src/domain/workflow-run/attribute-sources.ts";
import type { Source } from "../../../src/domain/workflow-run/sourced.ts";

const [one = "", other = ""] = [1, 2].map((n) => `0190a6b4-7c1e-7d3a-9f2b-00000000000${n}`);
const at = (...steps: (string | number)[]): Source => ({ at: { ecsId: one, steps } });
const edge = (path: string, sourcePath: string, sourceEcsId = one) => ({ path, sourceEcsId, sourcePath });

describe("attributeSources", () => {
  it("a copy has the addresses of its leaves, and one edge", () => {
    const values = { all: { x: [1, 2], y: "z" }, none: [] };
    expect(attributeSources({ values, sources: { all: at(), none: at("a/b", 0) } })).toEqual({
      attributeSource: { all: { x: [`@${one}.x[0]`, `@${one}.x[1]`], y: `@${one}.y` }, none: `@${one}["a/b"][0]` },
      borrowed: [edge("/all", ""), edge("/none", "/a~1b/0")],
    });
  });

  it("what was computed has none, and an edge from all that it was computed from, to a member that there is not", () => {
    const from = [
      { ecsId: one, steps: ["x"] },
      { ecsId: other, steps: [] },
      { ecsId: one, steps: ["y", 3] },
    ];
    const values = { sum: 3, list: [1, { a: 2 }], free: "x" };
    expect(
      attributeSources({ values, sources: { sum: { from }, list: { from: from.slice(0, 1) }, free: { from: [] } } }),
    ).toEqual({
      attributeSource: { sum: null, list: [null, { a: null }], free: null },
      borrowed: [edge("/sum/-", "/x"), edge("/sum/-/1", "", other), edge("/sum/-/2", "/y/3"), edge("/list/-", "/x")],
    });
  });

  it("lists and maps have those of their members", () => {
    const values = { made: { "a/b": [1, 2], "-": 3, plain: 4 } };
    const members = { "a/b": { members: [at("x"), { from: [{ ecsId: other, steps: [] }] }] }, "-": at("y") };
    expect(attributeSources({ values, sources: { made: { members } } })).toEqual({
      attributeSource: { made: { "a/b": [`@${one}.x`, null], "-": `@${one}.y`, plain: null } },
      borrowed: [edge("/made/a~1b/0", "/x"), edge("/made/a~1b/1/-", "", other), edge("/made/-", "/y")],
    });
  });

  it("keys like __proto__ are keys like others", () => {
    const values: JsonMap = JSON.parse('{"__proto__": {"constructor": 1}, "constructor": 2}');
    const sources: Record<string, Source> = { constructor: at("x") };
    const { attributeSource, borrowed } = attributeSources({ values, sources });
    expect(JSON.stringify(attributeSource)).toBe(`{"__proto__":{"constructor":null},"constructor":"@${one}.x"}`);
    expect(borrowed).toEqual([edge("/constructor", "/x")]);
  });

  it("thousands of copies are told within the limits, by fewer and fewer words", () => {
    const items = Array.from({ length: limits.mapItems }, (_, n) => ({ n, text: "x" }));
    const members = items.map((_, n): Source => ({ at: { ecsId: one, steps: ["a rather long name", n] } }));
    const { attributeSource, borrowed } = attributeSources({ values: { items }, sources: { items: { members } } });
    expect(JSON.stringify(attributeSource).length).toBeLessThanOrEqual(limits.sourceBytes);
    expect(borrowed).toHaveLength(limits.lineageEdges);
    const large = { list: Array.from({ length: 5000 }, (_, n) => n) };
    expect(attributeSources({ values: large, sources: { list: at("list") } }).attributeSource).toEqual({
      list: `@${one}.list`,
    });
    expect(attributeSources({ values: large, sources: { list: { from: [] } } }).attributeSource).toEqual({
      list: null,
    });
  });

  it("addresses and pointers that would be too long are those of what the value lies in", () => {
    const key = "k".repeat(600);
    const values = { [key]: { [key]: { [key]: 1 } }, x: 2 };
    const deep: Source = { members: { [key]: { members: { [key]: at(key, key) } } } };
    const { attributeSource, borrowed } = attributeSources({ values, sources: { [key]: deep, x: at(key, key, 1) } });
    expect(attributeSource).toEqual({ [key]: { [key]: { [key]: `@${one}.${key}` } }, x: `@${one}.${key}` });
    expect(borrowed).toEqual([edge(`/${key}/-`, `/${key}`), edge("/x", `/${key}`)]);
  });
});

const anAddress = fc.record({
  ecsId: fc.constantFrom(one, other),
  steps: fc.array(fc.oneof(fc.nat(9), fc.constantFrom("a", "-", "~/", "a key", "__proto__")), { maxLength: 3 }),
});
const { sourced } = fc.letrec<{ sourced: { value: JsonValue; source: Source } }>((tie) => ({
  sourced: fc.oneof(
    { maxDepth: 3 },
    fc.record({
      value: fc.jsonValue({ maxDepth: 2 }).map(plain),
      source: anAddress.map((found): Source => ({ at: found })),
    }),
    fc.record({
      value: fc.jsonValue({ maxDepth: 2 }).map(plain),
      source: fc.array(anAddress, { maxLength: 3 }).map((from): Source => ({ from })),
    }),
    fc.array(tie("sourced"), { maxLength: 3 }).map((all) => ({
      value: all.map(({ value }) => value),
      source: { members: all.map(({ source }) => source) },
    })),
    fc.dictionary(fc.constantFrom("a", "b", "-", "~", "/", "0"), tie("sourced")).map((all) => ({
      value: Object.fromEntries(Object.entries(all).map(([key, { value }]) => [key, value])),
      source: { members: Object.fromEntries(Object.entries(all).map(([key, { source }]) => [key, source])) },
    })),
  ),
}));

function plain(value: unknown): JsonValue {
  return JSON.parse(JSON.stringify(value));
}

test("whatever the sources: one for each place of the data, each an address that can be read, and no two edges end at one place", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom("x", "y", "-"), sourced), (all) => {
      const values: JsonMap = Object.fromEntries(Object.entries(all).map(([key, { value }]) => [key, value]));
      const sources = Object.fromEntries(Object.entries(all).map(([key, { source }]) => [key, source]));
      const { attributeSource, borrowed } = attributeSources({ values, sources });
      expect(new Set(borrowed.map(({ path }) => path)).size).toBe(borrowed.length);
      for (const key of Object.keys(values)) expectFits(values[key] ?? null, attributeSource[key] ?? null);
    }),
  );
});

function expectFits(value: JsonValue, source: AttributeSource): void {
  if (source === null) return;
  if (typeof source === "string") {
    expect(parseAddress(source).ok).toBe(true);
  } else if (Array.isArray(source)) {
    if (!Array.isArray(value)) throw new Error("a list of sources, and no list");
    expect(source).toHaveLength(value.length);
    for (const [index, member] of source.entries()) expectFits(value[index] ?? null, member);
  } else {
    if (!isMap(value)) throw new Error("a map of sources, and no map");
    expect(Object.keys(source).sort()).toEqual(Object.keys(value).sort());
    for (const [key, member] of Object.entries(source)) expectFits(value[key] ?? null, member);
  }
}

it("the output of a workflow was made by its run from its input, and each part is from where the steps had it", () => {
  const digest = `sha256:${"0".repeat(64)}`;
  const made = workflowOutputEntity({
    ecsId: other,
    createdAt: "2026-01-01T00:00:00.000Z",
    createdBy: "test",
    artifact: { kind: "workflow", name: "flow", version: "1.2.3", digest },
    runId: "run-1",
    inputEcsId: one,
    files: [digest],
    outputs: { values: { a: 1, b: "x" }, sources: { a: at("n"), b: { from: [{ ecsId: one, steps: ["m"] }] } } },
  });
  expect(made).toMatchObject({
    type: { role: "output", kind: "workflow", name: "flow" },
    data: { a: 1, b: "x" },
    attributeSource: { a: `@${one}.n`, b: null },
    borrowed: [edge("", ""), edge("/a", "/n"), edge("/b/-", "/m")],
    derivedFromFunction: "workflow/flow@1.2.3",
    derivedFromRun: "run-1",
    outputIndex: 0,
    files: [digest],
  });
});
