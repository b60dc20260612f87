import fc from "fast-check";
import { expect, it } from "vitest";
import { parseBlobRange } from "../../../src/domain/oci/parse-blob-range.ts";
import { parseContentRange } from "../../../src/domain/oci/parse-content-range.ts";

it.each([
  [null, null],
  ["0-0", { offset: 0, sizeBytes: 1 }],
  ["10-19", { offset: 10, sizeBytes: 10 }],
  [" 10-19 ", { offset: 10, sizeBytes: 10 }],
  ["bytes 10-19/*", { offset: 10, sizeBytes: 10 }],
  ["bytes 10-19/400", { offset: 10, sizeBytes: 10 }],
  ["bytes=10-19", { offset: 10, sizeBytes: 10 }],
  ["19-10", "malformed"],
  ["1-", "malformed"],
  ["-1", "malformed"],
  ["1.5-2", "malformed"],
  ["", "malformed"],
  ["9999999999999999-99999999999999999", "malformed"],
])("reads the Content-Range %s", (header, range) => {
  expect(parseContentRange(header)).toEqual(range);
});

it.each([
  [null, "all"],
  ["bytes=0-9", { offset: 0, length: 10 }],
  ["bytes=90-", { offset: 90, length: 10 }],
  ["bytes=-5", { offset: 95, length: 5 }],
  ["bytes=95-200", { offset: 95, length: 5 }],
  ["bytes=100-", "outside"],
  ["bytes=50-40", "outside"],
  ["bytes = 50-40", "outside"],
  ["bytes=0-1,5-6", "all"],
])("reads the Range %s of a hundred bytes", (header, range) => {
  expect(parseBlobRange(header, 100)).toEqual(range);
});

it("never asks for bytes that are not there", () => {
  const number = fc.oneof(fc.nat(300).map(String), fc.constantFrom("", "9".repeat(30)));
  fc.assert(
    fc.property(number, number, fc.nat(200), (first, last, sizeBytes) => {
      const range = parseBlobRange(`bytes=${first}-${last}`, sizeBytes);
      if (typeof range === "string") return;
      expect(range.length).toBeGreaterThan(0);
      expect(range.offset + range.length).toBeLessThanOrEqual(sizeBytes);
    }),
  );
});
