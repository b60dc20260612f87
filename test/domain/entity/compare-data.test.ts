import fc from "fast-check";
import jsonPatch from "fast-json-patch";
import { expect, it, test } from "vitest";
import { compareData, isSameData } from "../../../src/domain/entity/compare-data.ts";
import { pointerOf } from "../../../src/domain/pointer.ts";
import { anyData, placesOf } from "./an-entity.ts";

test.each<[unknown, unknown, string[]]>([
  [{ a: 1 }, { a: 1 }, []],
  [{ a: 1, b: 2 }, { b: 2, a: 1 }, []],
  [{ a: 1 }, { a: 2 }, ["changed /a 1 2"]],
  [{ a: 1 }, {}, ["removed /a 1 null"]],
  [{}, { a: null }, ["added /a null null"]],
  [{ a: 0 }, { a: -0 }, []],
  [{ a: 1 }, { a: "1" }, ['changed /a 1 "1"']],
  [{ a: {} }, { a: [] }, ["changed /a {} []"]],
  [{ a: null }, { a: {} }, ["changed /a null {}"]],
  [{ a: [1, 2, 3] }, { a: [1, 3] }, ["changed /a/1 2 3", "removed /a/2 3 null"]],
  [{ a: [{ b: 1 }] }, { a: [{ b: 2 }, 4] }, ["changed /a/0/b 1 2", "added /a/1 null 4"]],
  [{ "a/b~": 1 }, { "a/b~": 2 }, ["changed /a~1b~0 1 2"]],
  [{ f: "sha256:1" }, { f: "sha256:2" }, ['changed /f "sha256:1" "sha256:2"']],
])("%j to %j: %j", (from, to, told) => {
  const { differences, truncated } = compareData(from, to, 100);
  const words = differences.map((one) => `${one.op} ${one.path} ${JSON.stringify(one.from)} ${JSON.stringify(one.to)}`);
  expect(words).toEqual(told);
  expect(truncated).toBe(false);
  expect(isSameData(from, to)).toBe(told.length === 0);
});

it("a key __proto__ is a key like any other", () => {
  const from = JSON.parse('{"__proto__": {"a": 1}}');
  const to = JSON.parse('{"__proto__": {"a": 2}}');
  expect(compareData(from, to, 9).differences).toEqual([{ op: "changed", path: "/__proto__/a", from: 1, to: 2 }]);
  expect(compareData({}, to, 9).differences).toMatchObject([{ op: "added", path: "/__proto__" }]);
});

it("stops at the most that it may tell, and says so", () => {
  const from = { list: Array.from({ length: 1_000_000 }, () => 0) };
  const to = { list: Array.from({ length: 1_000_000 }, () => 1) };
  const { differences, truncated } = compareData(from, to, 10);
  expect(differences.map(({ path }) => path)).toEqual(Array.from({ length: 10 }, (_, n) => `/list/${n}`));
  expect(truncated).toBe(true);
  expect(compareData({ a: 1 }, { a: 2 }, 1).truncated).toBe(false);
});

it("finds what the library for JSON Patch finds, and tells the values of both sides", () => {
  fc.assert(
    fc.property(anyData, anyData, (from, to) => {
      const { differences } = compareData(from, to, Number.POSITIVE_INFINITY);
      const word = { add: "added", remove: "removed", replace: "changed" };
      const theirs = jsonPatch
        .compare(from, to)
        .map(({ op, path }) => `${Object.entries(word).find(([w]) => w === op)?.[1]} ${path}`);
      expect(differences.map(({ op, path }) => `${op} ${path}`).sort()).toEqual(theirs.sort());
      for (const { op, path, from: was, to: is } of differences) {
        const at = (data: unknown) => placesOf(data).find(({ steps }) => pointerOf(steps) === path)?.value ?? null;
        if (op !== "added") expect(was).toEqual(at(from));
        if (op !== "removed") expect(is).toEqual(at(to));
      }
    }),
    { numRuns: 500 },
  );
});
