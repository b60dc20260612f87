import { expect, test } from "vitest";
import { didYouMean } from "../../src/domain/did-you-mean.ts";

const known = ["name", "max_length", "min_length", "description", "enum"];

test.each([
  ["nmae", "name"],
  ["maxLength", "max_length"],
  ["MIN-LENGTH", "min_length"],
  ["descriptoin", "description"],
  ["enums", "enum"],
])("%s was meant to be %s", (word, meant) => {
  expect(didYouMean(word, known)).toBe(meant);
});

test.each(["x", "", "zebra", "n".repeat(10_000)])("nothing is near %s", (word) => {
  expect(didYouMean(word, known)).toBeNull();
});
