import fc from "fast-check";
import { expect, it } from "vitest";
import { parseRange } from "../../../src/domain/file/parse-range.ts";

it.each([
  [null, 10, "all"],
  ["bytes=0-4", 10, { offset: 0, length: 5 }],
  ["bytes=0-0", 1, { offset: 0, length: 1 }],
  ["bytes=4-", 10, { offset: 4, length: 6 }],
  ["bytes=4-400", 10, { offset: 4, length: 6 }],
  ["bytes=-3", 10, { offset: 7, length: 3 }],
  ["bytes=-30", 10, { offset: 0, length: 10 }],
  ["bytes=10-", 10, "outside"],
  ["bytes=0-", 0, "outside"],
  ["bytes=-5", 0, "all"],
  ["bytes=-0", 10, "outside"],
  ["bytes=5-4", 10, "all"],
  ["bytes=0-1, 3-4", 10, "all"],
  ["bytes=,0-1,", 10, { offset: 0, length: 2 }],
  ["lines=0-1", 10, "all"],
  ["bytes=", 10, "all"],
  ["bytes=-", 10, "all"],
  ["bytes=1.5-2", 10, "all"],
] as const)("reads %s of %i bytes", (header, sizeBytes, expected) => {
  expect(parseRange(header, sizeBytes)).toEqual(expected);
});

it("never goes outside the file, whatever is asked", () => {
  const number = fc.oneof(fc.nat(50).map(String), fc.bigInt({ min: 0n }).map(String), fc.constant(""));
  const header = fc.oneof(
    fc.string(),
    fc.tuple(number, number).map(([from, to]) => `bytes=${from}-${to}`),
  );
  fc.assert(
    fc.property(header, fc.nat(40), (asked, sizeBytes) => {
      const range = parseRange(asked, sizeBytes);
      if (typeof range === "string") return;
      expect(range.offset).toBeGreaterThanOrEqual(0);
      expect(range.length).toBeGreaterThan(0);
      expect(range.offset + range.length).toBeLessThanOrEqual(sizeBytes);
    }),
  );
});
