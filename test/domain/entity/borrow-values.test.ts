import fc from "fast-check";
import { expect, it, test } from "vitest";
import { limits } from "../../../src/contract/limits.ts";
import { formatAddress } from "../../../src/domain/entity/address.ts";
import { tokensOf } from "../../../src/domain/pointer.ts";
import {
  anId,
  anyData,
  anyValue,
  type Data,
  ids,
  leavesWithSources,
  placesOf,
  resolveIn,
  valueOfSource,
} from "./an-entity.ts";

const library = new Map<string, Data>([
  [
    anId,
    {
      name: "Ada",
      images: ["sha256:1", "sha256:2"],
      size: { width: 3, "a key": [true, null] },
      none: [],
      empty: {},
    },
  ],
]);

function resolve(values: Data, entities = library) {
  const { resolved, findings } = resolveIn(entities, values);
  expect(findings.issues).toEqual([]);
  if (resolved === null) throw new Error("nothing was resolved");
  return resolved;
}

it("puts copies of borrowed values in place, with the address of each leaf as its source", () => {
  const values = {
    plain: "x",
    name: `@${anId}.name`,
    images: `@${anId}.images`,
    nested: [{ width: `@${anId}.size.width` }, 7],
    size: `@${anId}["size"]`,
  };
  expect(resolve(values)).toEqual({
    values: {
      plain: "x",
      name: "Ada",
      images: ["sha256:1", "sha256:2"],
      nested: [{ width: 3 }, 7],
      size: { width: 3, "a key": [true, null] },
    },
    attributeSource: {
      plain: null,
      name: `@${anId}.name`,
      images: [`@${anId}.images[0]`, `@${anId}.images[1]`],
      nested: [{ width: `@${anId}.size.width` }, null],
      size: { width: `@${anId}.size.width`, "a key": [`@${anId}.size["a key"][0]`, `@${anId}.size["a key"][1]`] },
    },
    borrowed: [
      { path: "/name", sourceEcsId: anId, sourcePath: "/name" },
      { path: "/images", sourceEcsId: anId, sourcePath: "/images" },
      { path: "/nested/0/width", sourceEcsId: anId, sourcePath: "/size/width" },
      { path: "/size", sourceEcsId: anId, sourcePath: "/size" },
    ],
  });
});

it("takes what is borrowed by value: changing the copy leaves the entity as it is", () => {
  const { values } = resolve({ a: `@${anId}.size`, b: `@${anId}.size` });
  expect(values.a).toEqual(values.b);
  expect(values.a).not.toBe(values.b);
  expect(values.a).not.toBe(library.get(anId)?.size);
});

test.each([
  ["@@alice", "@alice"],
  ["@@", "@"],
  ["@@@x", "@@x"],
  [`@@${anId}.name`, `@${anId}.name`],
  [`see @${anId}.name`, `see @${anId}.name`],
  [" @x", " @x"],
  ["", ""],
])("reads the string %j as the plain %j", (given, meant) => {
  expect(resolve({ text: given, list: [given] })).toEqual({
    values: { text: meant, list: [meant] },
    attributeSource: { text: null, list: [null] },
    borrowed: [],
  });
});

it("tells an empty list or map that was borrowed by its own address", () => {
  const { values, attributeSource } = resolve({ list: `@${anId}.none`, map: `@${anId}.empty`, own: [] });
  expect(values).toEqual({ list: [], map: {}, own: [] });
  expect(attributeSource).toEqual({ list: `@${anId}.none`, map: `@${anId}.empty`, own: [] });
});

it("tells a list of too many leaves by one address, or by none", () => {
  const long = Array.from({ length: limits.sourceLeaves + 1 }, (_, n) => n);
  const entities = new Map([[anId, { long, short: long.slice(1) }]]);
  const values = { long: `@${anId}.long`, short: `@${anId}.short`, given: { list: long, one: 1 } };
  const { attributeSource } = resolve(values, entities);
  expect(attributeSource).toMatchObject({ long: `@${anId}.long`, given: null });
  expect(attributeSource.short).toHaveLength(limits.sourceLeaves);
});

it("keeps the sources within their bytes: lists that came whole are told as one when there are many", () => {
  const list = Array.from({ length: 900 }, (_, n) => n);
  const entities = new Map([[anId, { list }]]);
  const values = Object.fromEntries(Array.from({ length: 90 }, (_, n) => [`list_${n}`, `@${anId}.list`]));
  const { attributeSource } = resolve(values, entities);
  expect(JSON.stringify(attributeSource).length).toBeLessThan(limits.sourceBytes);
  expect(attributeSource.list_89).toBe(`@${anId}.list`);
});

it("refuses sources that would not fit into a row: one borrowed value among a million given ones", () => {
  const list = [`@${anId}.name`, ...Array.from({ length: 200_000 }, () => 0)];
  const { resolved, findings } = resolveIn(library, { list });
  expect(resolved).toBeNull();
  expect(findings.issues.map((issue) => issue.code)).toEqual(["too_many_sources"]);
});

it("reports every string that is no address, each at its place with a suggestion", () => {
  const { findings } = resolveIn(library, {
    a: "@alice",
    "b/c": [{ d: `@${anId.toUpperCase()}.name` }, `@${anId}/name`],
  });
  expect(findings.issues.map(({ path, code, suggestion }) => [path, code, suggestion])).toEqual([
    ["/a", "address_invalid", 'for plain text that starts with @, write "@@alice"'],
    ["/b~1c/0/d", "address_invalid", `did you mean @${anId}.name?`],
    ["/b~1c/1", "address_invalid", `did you mean @${anId}.name?`],
  ]);
  expect(findings.issues[2]?.message).toContain('at character 38, found "/name"');
});

it("refuses more places, and more different references, than a request may have", () => {
  const places = Array.from({ length: limits.referencePlaces + 1 }, () => `@${anId}.name`);
  expect(resolveIn(library, { places }).findings.issues[0]).toMatchObject({ code: "too_many_references", path: "" });
  expect(resolve({ places: places.slice(1) }).borrowed).toHaveLength(limits.referencePlaces);
  const long = Array.from({ length: limits.references + 1 }, (_, n) => n);
  const entities = new Map([[anId, { long }]]);
  const different = long.map((n) => `@${anId}.long[${n}]`);
  expect(resolveIn(entities, { different }).findings.issues[0]?.code).toBe("too_many_references");
  expect(resolve({ different: different.slice(1) }, entities).borrowed).toHaveLength(limits.references);
});

it("refuses to put a value deeper than data may be", () => {
  const nest = (depth: number, value: unknown): unknown => (depth === 0 ? value : [nest(depth - 1, value)]);
  const entities = new Map([[anId, { deep: nest(20, 1) }]]);
  const { findings } = resolveIn(entities, { here: nest(12, `@${anId}.deep`) });
  expect(findings.issues.map((issue) => issue.code)).toEqual(["too_deep"]);
  expect(resolve({ here: nest(11, `@${anId}.deep`) }, entities).borrowed).toHaveLength(1);
});

it("refuses a reference whose place has too long a path", () => {
  const { findings } = resolveIn(library, { ["k".repeat(1001)]: `@${anId}.name` });
  expect(findings.issues.map((issue) => issue.code)).toEqual(["path_too_long"]);
});

/** Values that borrow from the entities here and there, and what they mean. */
function anyBorrowing(entities: ReadonlyMap<string, Data>) {
  const places = [...entities].flatMap(([ecsId, data]) =>
    placesOf(data).map(({ steps, value }) => ({ text: formatAddress({ ecsId, steps }), value })),
  );
  const reference = fc.constantFrom(...places).map(({ text, value }) => ({ given: text, meant: value }));
  const plain = anyValue.map((value) => ({ given: value, meant: value }));
  const { part } = fc.letrec<{ part: { given: unknown; meant: unknown } }>((tie) => ({
    part: fc.oneof(
      { maxDepth: 2 },
      reference,
      plain,
      fc.array(tie("part"), { maxLength: 3 }).map((parts) => ({
        given: parts.map(({ given }) => given),
        meant: parts.map(({ meant }) => meant),
      })),
      fc.dictionary(fc.string({ minLength: 1, maxLength: 4 }), tie("part"), { maxKeys: 3 }).map((parts) => ({
        given: Object.fromEntries(Object.entries(parts).map(([key, { given }]) => [key, given])),
        meant: Object.fromEntries(Object.entries(parts).map(([key, { meant }]) => [key, meant])),
      })),
    ),
  }));
  return fc.dictionary(fc.string({ minLength: 1, maxLength: 4 }), part, { minKeys: 1, maxKeys: 5 });
}

it("for any entities and any values that borrow from them: every source names what was used, and nothing else has one", () => {
  const world = fc
    .array(anyData, { minLength: 1, maxLength: 4 })
    .map((all) => new Map(all.map((data, n) => [ids[n] ?? anId, data])))
    .chain((entities) => fc.tuple(fc.constant(entities), anyBorrowing(entities)));
  fc.assert(
    fc.property(world, ([entities, parts]) => {
      const given = Object.fromEntries(Object.entries(parts).map(([key, part]) => [key, part.given]));
      const meant = Object.fromEntries(Object.entries(parts).map(([key, part]) => [key, part.meant]));
      const before = JSON.stringify([...entities]);
      const { values, attributeSource, borrowed } = resolve(given, entities);
      expect(values).toEqual(meant);
      expect(Object.keys(attributeSource)).toEqual(Object.keys(values));
      for (const { leaf, source } of leavesWithSources(values, attributeSource)) {
        if (source !== null) expect(leaf).toEqual(valueOfSource(entities, source));
      }
      for (const row of borrowed) {
        const used = placesOf(values).find(({ steps }) => steps.join("\0") === tokensOf(row.path).join("\0"));
        const source = placesOf(entities.get(row.sourceEcsId)).find(
          ({ steps }) => steps.join("\0") === tokensOf(row.sourcePath).join("\0"),
        );
        expect(used?.value).toEqual(source?.value);
        expect(source).toBeDefined();
      }
      const references = JSON.stringify(given).match(/"@0190/g)?.length ?? 0;
      expect(borrowed).toHaveLength(references);
      expect(JSON.stringify([...entities])).toBe(before);
    }),
    { numRuns: 400 },
  );
});
