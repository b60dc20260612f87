import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Changed, changeEntity } from "../../../src/domain/entity/change-entity.ts";
import { isSameData } from "../../../src/domain/entity/compare-data.ts";
import { externalEntity, outputEntity } from "../../../src/domain/entity/make-entity.ts";
import type { NewEntity } from "../../../src/domain/entity/new-entity.ts";
import { pointerOf } from "../../../src/domain/pointer.ts";
import { anId, anyData, type Data, ids, leavesWithSources, placesOf, resolveIn, valueOfSource } from "./an-entity.ts";

const [, second = "", third = "", fourth = ""] = ids;
const birth = { ecsId: second, createdAt: "2026-01-01T00:00:00.000Z", createdBy: "test" };
const entities = new Map<string, Data>([[anId, { name: "Ada", list: [1, 2, 3], map: { a: { b: 1 }, c: 2 } }]]);
const runId = "0190a6b4-7c1e-7d3a-9f2b-00000000ffff";

function resolved(values: Data, known: ReadonlyMap<string, Data> = entities) {
  const found = resolveIn(known, values).resolved;
  if (found === null) throw new Error("nothing was resolved");
  return found;
}

function changed(entity: NewEntity): Changed {
  return {
    ecs_id: entity.ecsId,
    lineage_id: entity.lineageId,
    lineage_version: entity.lineageVersion,
    type: entity.type,
    attribute_source: entity.attributeSource,
    untyped_data: entity.untypedData,
    data: entity.data,
    borrowed: entity.borrowed,
  };
}

function external(values: Data, known: ReadonlyMap<string, Data> = entities): NewEntity {
  const { values: data, attributeSource, borrowed } = resolved(values, known);
  return externalEntity({ ...birth, label: "mine", data, attributeSource, borrowed, files: [], untypedData: { a: 1 } });
}

function change(
  before: NewEntity,
  values: Data,
  options: { isFork?: boolean; untypedData?: Data; ecsId?: string; known?: ReadonlyMap<string, Data> } = {},
): NewEntity {
  const after = changeEntity(changed(before), {
    ecsId: options.ecsId ?? third,
    createdAt: "2026-01-02T00:00:00.000Z",
    createdBy: "other",
    isFork: options.isFork ?? false,
    resolved: resolved(values, options.known),
    untypedData: options.untypedData ?? null,
    files: [],
  });
  if (after === null) throw new Error("too many sources");
  return after;
}

describe("the next version", () => {
  const before = external({ name: `@${anId}.name`, list: `@${anId}.list`, own: "x" });

  it("is in the same lineage, one further, and knows the one before", () => {
    expect(change(before, { own: "y" })).toMatchObject({
      ecsId: third,
      lineageId: second,
      lineageVersion: 2,
      previousEcsId: second,
      rootEcsId: third,
      forkedAt: null,
      createdBy: "other",
      type: { role: "external", label: "mine" },
      untypedData: { a: 1 },
      derivedFromRun: null,
    });
    expect(change(before, {}, { untypedData: {} }).untypedData).toEqual({});
  });

  it("keeps the sources of what is unchanged, and has none for what was changed", () => {
    const after = change(before, { name: "Ada", list: [1, 5, 3, 9], own: "y", more: true });
    expect(after.attributeSource).toEqual({
      name: `@${anId}.name`,
      list: [`@${anId}.list[0]`, null, `@${anId}.list[2]`, null],
      own: null,
      more: null,
    });
    expect(after.borrowed).toEqual([
      { path: "/name", sourceEcsId: anId, sourcePath: "/name" },
      { path: "/list/0", sourceEcsId: anId, sourcePath: "/list/0" },
      { path: "/list/2", sourceEcsId: anId, sourcePath: "/list/2" },
    ]);
  });

  it("takes the new source of what it borrows anew", () => {
    const after = change(before, { name: `@${anId}.map.c`, list: [1, `@${anId}.list[1]`, 3] });
    expect(after.attributeSource).toEqual({
      name: `@${anId}.map.c`,
      list: [`@${anId}.list[0]`, `@${anId}.list[1]`, `@${anId}.list[2]`],
    });
    expect(after.borrowed.map(({ path, sourcePath }) => `${path} ${sourcePath}`)).toEqual([
      "/name /map/c",
      "/list/1 /list/1",
      "/list/0 /list/0",
      "/list/2 /list/2",
    ]);
  });

  it("keeps the sources of a large list that is unchanged, and tells a changed one by itself", () => {
    const long = Array.from({ length: 5000 }, (_, n) => n);
    const known = new Map([[anId, { long }]]);
    const first = external({ long: `@${anId}.long` }, known);
    expect(first.attributeSource).toEqual({ long: `@${anId}.long` });
    expect(change(first, { long }).attributeSource).toEqual({ long: `@${anId}.long` });
    expect(change(first, { long: [...long, 1] })).toMatchObject({ attributeSource: { long: null }, borrowed: [] });
  });

  it("of what a run made comes from outside, and its unchanged values still from the run's inputs", () => {
    const artifact = { kind: "template" as const, name: "t", version: "1.0.0", digest: `sha256:${"0".repeat(64)}` };
    const made = outputEntity({
      ...birth,
      artifact,
      runId,
      outputIndex: 0,
      inputEcsId: anId,
      data: { text: "a", list: [1, 2] },
      files: [],
    });
    expect(made.attributeSource).toEqual({ text: `@${anId}`, list: [`@${anId}`, `@${anId}`] });
    const after = change(made, { text: "b", list: [1, 2, 3] });
    expect(after).toMatchObject({
      type: { role: "external", label: null },
      derivedFromFunction: null,
      derivedFromRun: null,
      outputIndex: null,
      previousEcsId: made.ecsId,
      attributeSource: { text: null, list: [`@${anId}`, `@${anId}`, null] },
      borrowed: [],
    });
  });
});

it("a fork starts a lineage of its own and says when and from what", () => {
  const before = change(external({ own: 1 }), { own: 2 });
  expect(change(before, { own: 3 }, { isFork: true, ecsId: fourth })).toMatchObject({
    ecsId: fourth,
    lineageId: fourth,
    lineageVersion: 1,
    previousEcsId: third,
    forkedAt: "2026-01-02T00:00:00.000Z",
  });
});

it("for any change of any version: a source is kept only where the value is the same, and names what is there", () => {
  const world = anyData.chain((library) => {
    const places = placesOf(library).filter(({ steps }) => steps.length > 0);
    const part = places.length === 0 ? fc.constant(1) : fc.constantFrom(...places.map(({ value }) => value));
    const known = new Map([[anId, library]]);
    const borrowing = fc.dictionary(
      fc.constantFrom("a", "b", "c"),
      fc.constantFrom(1, [1, 2], ...Object.keys(library).map((key) => `@${anId}[${JSON.stringify(key)}]`)),
    );
    const edit = fc.dictionary(fc.constantFrom("a", "b", "c"), part);
    return fc.record({ known: fc.constant(known), first: borrowing, edits: fc.array(edit, { maxLength: 3 }) });
  });
  fc.assert(
    fc.property(world, ({ known, first, edits }) => {
      let before = external(first, known);
      for (const edit of edits) {
        const after = change(before, { ...before.data, ...edit }, { known });
        expect(Object.keys(after.attributeSource)).toEqual(Object.keys(after.data));
        for (const [key, source] of Object.entries(after.attributeSource)) {
          for (const { leaf, source: one } of leavesWithSources(after.data[key], source)) {
            if (one !== null) expect(leaf).toEqual(valueOfSource(known, one));
          }
          if (isSameData(after.data[key], before.data[key])) expect(source).toEqual(before.attributeSource[key]);
        }
        for (const { path, sourcePath } of after.borrowed) {
          const at = (data: unknown, pointer: string) =>
            placesOf(data).find(({ steps }) => pointerOf(steps) === pointer)?.value;
          expect(at(after.data, path)).toEqual(at(known.get(anId), sourcePath));
        }
        before = after;
      }
    }),
    { numRuns: 300 },
  );
});
