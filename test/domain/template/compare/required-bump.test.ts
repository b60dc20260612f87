import { expect, test } from "vitest";
import { mayFollow } from "../../../../src/domain/template/compare/required-bump.ts";

test.each([
  ["major", "1.4.2", "2.0.0", true, "2.0.0"],
  ["major", "1.4.2", "1.5.0", false, "2.0.0"],
  ["major", "1.4.2", "3.1.0", true, "2.0.0"],
  ["minor", "1.4.2", "1.5.0", true, "1.5.0"],
  ["minor", "1.4.2", "1.4.3", false, "1.5.0"],
  ["minor", "1.4.2", "2.0.0", true, "1.5.0"],
  ["patch", "1.4.2", "1.4.3", true, "1.4.3"],
  ["none", "1.4.2", "1.4.3", true, "1.4.3"],
  ["none", "1.4.2", "1.4.1", false, "1.4.3"],
  ["patch", "1.4.2", "1.4.2", false, "1.4.3"],
  ["major", "0.3.1", "0.4.0", true, "0.4.0"],
  ["major", "0.3.1", "0.3.2", false, "0.4.0"],
  ["minor", "0.3.1", "0.3.2", true, "0.3.2"],
  ["major", "0.3.1", "1.0.0", true, "0.4.0"],
  ["major", "1.9.0", "1.10.0", false, "2.0.0"],
] as const)("a %s change after %s published as %s: %s, it needs %s", (bump, from, to, allowed, neededVersion) => {
  expect(mayFollow({ bump }, from, to)).toEqual({ allowed, neededVersion });
});
