import fc from "fast-check";
import { expect, test } from "vitest";
import { nameFiles } from "../../../src/cli/functions/name-files.ts";

test("files are named as their authors named them, those of one name with a number", () => {
  expect(nameFiles(["filters.py", "filters.py", "Filters.py", "slug.ts"])).toEqual([
    "filters.py",
    "filters-2.py",
    "Filters-3.py",
    "slug.ts",
  ]);
});

test.each([
  ["../../etc/passwd.py", "passwd.py"],
  ["C:\\filters\\a.py", "a.py"],
  [".hidden.py", "_hidden.py"],
  ["con.py", "_con.py"],
  ["what?.py", "what_.py"],
  ["callsheet-functions.json", "callsheet-functions-2.json"],
  ["..", "_"],
  ["", "_"],
])("%j cannot leave the folder or fall on another file: %j", (wanted, given) => {
  expect(nameFiles([wanted])).toEqual([given]);
});

test("whatever the names, each file gets one of its own that file systems take", () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.string({ unit: "grapheme", maxLength: 300 }), fc.constantFrom("a.py", "A.py"))),
      (names) => {
        const given = nameFiles(names);
        expect(new Set(given.map((name) => name.toLowerCase())).size).toBe(names.length);
        for (const name of given) {
          expect(name).toMatch(/^[^/\\\0]+$/);
          expect(name).not.toMatch(/^\.{1,2}$/);
          expect(Buffer.byteLength(name)).toBeLessThan(255);
        }
      },
    ),
  );
});
