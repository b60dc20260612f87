import { expect, test } from "vitest";
import { chooseCase } from "../../../src/domain/workflow/choose-case.ts";

const cases = ["a", "1", "2.50", "true", "null", "default"];

test.each([
  ["a", "a"],
  ["A", "default"],
  ["1", "1"],
  [1, "1"],
  [1.0, "1"],
  [2.5, "2.50"],
  // A text is what it is written as.
  ["2.5", "default"],
  [true, "true"],
  ["true", "true"],
  [false, "default"],
  [null, "default"],
  [["a"], "default"],
  [{ a: 1 }, "default"],
  ["default", "default"],
])("the value %j chooses %s", (value, chosen) => {
  expect(chooseCase(value, cases)).toBe(chosen);
});

test("without a default, what is no case chooses nothing", () => {
  expect(chooseCase("x", ["a"])).toBeNull();
  expect(chooseCase(Number.NaN, ["NaN"])).toBeNull();
  expect(chooseCase("constructor", ["a"])).toBeNull();
});
