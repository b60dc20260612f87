import { expect, test } from "vitest";
import { suggestVersion } from "../../../src/domain/artifact/suggest-version.ts";

test.each([
  ["1.0", "1.0.0"],
  ["v1.2.3", "1.2.3"],
  [" 2 ", "2.0.0"],
  ["01.2.3", "1.2.3"],
  ["1.2.3+build", "1.2.3"],
  [1.5, "1.5.0"],
  ["1.2.3.4", "1.2.3"],
  ["next", null],
  ["", null],
  [null, null],
  [true, null],
  [-1, null],
  ["9999999999", null],
])("%j was meant as %j", (written, meant) => {
  expect(suggestVersion(written)).toBe(meant);
});
