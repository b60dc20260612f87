import { describe, expect, test } from "vitest";
import { compilePattern } from "../../../../src/domain/template/value/compile-pattern.ts";

test.each([
  ["b", "abc", true],
  ["^b", "abc", false],
  ["^.$", "😀", true],
  ["a$", "a\n", false],
  ["(?i)ABC", "xabcx", true],
  ["", "", true],
])("%j on %j: %s", (source, text, expected) => {
  const pattern = compilePattern(source);
  expect("matches" in pattern && pattern.matches(text)).toBe(expected);
});

describe("patterns that are no RE2, or too large, are refused with the reason", () => {
  test.each([
    ["(?=a)b", "(?="],
    ["(?<!a)b", "(?<!a)"],
    ["(a)\\1", "\\1"],
    ["[", "missing closing ]"],
    ["a**", "**"],
    ["((a{100}){100}){100}", "invalid repeat count"],
    ["([a-z]{1,1000}){1,3}", "invalid repeat count"],
    ["a".repeat(1001), "longer than 1000"],
    [`${"[a-z]{1,900}".repeat(5)}`, "more than 5000 steps"],
  ])("%s", (source, reason) => {
    const pattern = compilePattern(source);
    expect("error" in pattern ? pattern.error : "compiled").toContain(reason);
  });
});

test("a pattern that makes backtracking engines hang answers in time linear in the text", () => {
  const pattern = compilePattern("(a+)+$");
  const text = `${"a".repeat(200_000)}b`;
  expect("matches" in pattern && pattern.matches(text)).toBe(false);
});

test("the same answer comes back for the same pattern, and thousands of others do not grow the memory without bound", () => {
  const first = compilePattern("remembered");
  expect(compilePattern("remembered")).toBe(first);
  for (let index = 0; index < 250; index += 1) compilePattern(`other${index}`);
  expect(compilePattern("remembered")).not.toBe(first);
});
