import fc from "fast-check";
import { expect, it } from "vitest";
import { findDifferences } from "../../../../src/domain/template/value/find-differences.ts";

it.each([
  ["the same", { a: [1, { b: null }] }, { a: [1, { b: null }] }, []],
  ["keys in another order", { a: 1, b: 2 }, { b: 2, a: 1 }, []],
  ["another number", [{ a: 1 }], [{ a: 2 }], [{ path: "/0/a", original: 1, replayed: 2 }]],
  ["a value that is gone", [{ a: 1 }], [{}], [{ path: "/0/a", original: 1, replayed: null }]],
  ["a value that is new", [], [{ a: 1 }], [{ path: "/0", original: null, replayed: { a: 1 } }]],
  ["null that became nothing", [{ a: null }], [{}], [{ path: "/0/a", original: null, replayed: null }]],
  ["a list that became a map", { a: [1] }, { a: { "0": 1 } }, [{ path: "/a", original: [1], replayed: { "0": 1 } }]],
  ["keys that a pointer escapes", { "a/b": 1 }, { "a/b": 2 }, [{ path: "/a~1b", original: 1, replayed: 2 }]],
])("tells where values differ: %s", (_, original, replayed, expected) => {
  expect(findDifferences(original, replayed, 100)).toEqual(expected);
});

it("finds no difference of a value from itself, and some of any two that differ", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
      expect(findDifferences(a, structuredClone(a), 100)).toEqual([]);
      const same = JSON.stringify(a) === JSON.stringify(b);
      if (same) expect(findDifferences(a, b, 100)).toEqual([]);
    }),
  );
});

it("stops at the most that it may tell", () => {
  const many = Array.from({ length: 1000 }, (_, index) => index);
  expect(findDifferences(many, many.map(String), 100)).toHaveLength(100);
});
