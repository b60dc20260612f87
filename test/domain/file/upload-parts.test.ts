import fc from "fast-check";
import { expect, it } from "vitest";
import { limits } from "../../../src/contract/limits.ts";
import { missingParts, partBytes, partCount, showParts } from "../../../src/domain/file/upload-parts.ts";

it("cuts any size into parts that together are the whole, all alike but the last", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: limits.fileBytes }), (sizeBytes) => {
      const count = partCount(sizeBytes);
      const sizes = Array.from({ length: count }, (_, index) => partBytes(sizeBytes, index + 1) ?? 0);
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(sizeBytes);
      expect(sizes.slice(0, -1).every((size) => size === limits.uploadPartBytes)).toBe(true);
      expect(sizes.at(-1)).toBeGreaterThan(0);
      expect(sizes.at(-1)).toBeLessThanOrEqual(limits.uploadPartBytes);
      expect(count).toBeLessThanOrEqual(limits.uploadParts);
      for (const none of [0, -1, count + 1]) expect(partBytes(sizeBytes, none)).toBeNull();
    }),
  );
});

it("tells which parts are missing", () => {
  const size = 3 * limits.uploadPartBytes;
  expect(missingParts(size, [])).toEqual([1, 2, 3]);
  expect(missingParts(size, [3, 1])).toEqual([2]);
  expect(missingParts(size, [1, 2, 3])).toEqual([]);
  expect(showParts([1, 2])).toBe("1, 2");
  expect(showParts(Array.from({ length: 14 }, (_, index) => index + 1))).toBe(
    "1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 4 more",
  );
});
