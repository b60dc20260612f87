import { describe, expect, test } from "vitest";
import { sourceAnalysis } from "../../../src/contract/function/analysis.ts";
import { analyzeText, ruff } from "./analyze-text.ts";

const size = 200 * 1024;
const much = (part: string) => part.repeat(Math.floor(size / part.length));
const nested = (open: string, close: string) => `x = ${open.repeat(size / 4)}1${close.repeat(size / 4)}\n`;
const steps = (count: number, line: (indent: string) => string) =>
  Array.from({ length: count }, (_, level) => line(" ".repeat(level))).join("");

/** 200 KB each, of what brings parsers to their knees. */
const texts: Record<string, string> = {
  "open parentheses": "(".repeat(size),
  "closed parentheses": nested("(", ")"),
  "brackets and braces": nested("[{1:", "}]"),
  "closing brackets alone": much(")]}"),
  "a type of types": `def f(x: ${"list[".repeat(size / 8)}int${"]".repeat(size / 8)}) -> int: ...\n`,
  "one long sum": `x = ${much("a + ")}a\n`,
  "one long power": `x = ${much("a**")}a\n`,
  "one long chain of members": `x = a${much(".a")}\n`,
  "one long chain of calls": `x = a${much("()")}\n`,
  "one long chain of indexes": `x = a${much("[0]")}\n`,
  negations: `x = ${much("not ")}${"-".repeat(1000)}1\n`,
  signs: `x = ${much("-~+")}1\n`,
  lambdas: `x = ${much("lambda:")}1\n`,
  "lambdas of lambdas": `x = ${much("lambda a=")}1\n`,
  conditions: `x = ${much("1 if 1 else ")}1\n`,
  awaits: `async def f():\n  ${much("await ")}x\n`,
  yields: `def f():\n  ${much("yield ")}1\n`,
  comprehensions: `x = ${much("[x for x in ")}1\n`,
  walruses: `x = ${much("(x:=")}1\n`,
  "f-strings within each other": much("f'{"),
  "f-strings within f-strings": much("f\"{f'{"),
  stars: much("*"),
  "at signs": much("@"),
  colons: much(":"),
  dots: much("."),
  semicolons: much(";"),
  quotes: much("'"),
  "an unterminated string": `x = '${"a".repeat(size)}`,
  "an unterminated docstring": `def f():\n  """${much("a\n")}`,
  "strings side by side": `x = ${much("'a' ")}\n`,
  "half surrogates": "\uD800".repeat(size / 3),
  "what is no token, in one line": much("\u20ac "),
  "null bytes": much("\0"),
  "empty lines": much("\n"),
  "backslashes at line ends": much("\\\n"),
  "form feeds": much("\f \n"),
  "one long line of spaces": `x = 1${much(" ")}\n`,
  "one long name": much("a"),
  "one long number": `x = ${much("9")}\n`,
  "one long comment": `#${much("noqa ")}\n`,
  "many comments": much("# x\n"),
  "many elifs": `if x: pass\n${much("elif x: pass\n")}`,
  "ifs within each other": steps(600, (indent) => `${indent}if x:\n`),
  "functions within each other": steps(600, (indent) => `${indent}def f():\n`),
  "matches within each other": steps(300, (indent) => `${indent}${indent}match x:\n${indent}${indent} case 1:\n`),
  "tries within each other": steps(90, (indent) => `${indent}try:\n`),
  "many decorators": `${much("@a\n")}def f(): pass\n`,
  "many functions": much("def f(): pass\n"),
  "many functions in branches": much("if x:\n  def f(): pass\n"),
  "many decorated functions": `from callsheet.memory import numpy\n${much("@numpy\ndef f(image): pass\n")}`,
  "many functions of other names": Array.from({ length: 6000 }, (_, n) => `@numpy\ndef f${n}(image): pass\n`).join(""),
  "many bindings of the decorator": `${much("if x: numpy = 1\n")}@numpy\ndef f(image): pass\n`,
  "many decorators in branches": much("if x: numpy = 1\n@numpy\ndef f(image): pass\n"),
  "many parameters": `@numpy\ndef f(image, ${Array.from({ length: 20000 }, (_, n) => `a${n}`).join(", ")}): pass\n`,
  "many arguments": `f(${much("a, ")})\n`,
  "many decorator arguments": `@numpy(${Array.from({ length: 15000 }, (_, n) => `a${n}=1`).join(", ")})\ndef f(image): pass\n`,
  "many imports": much("import os\n"),
  "many imported names": `from os import (${much("a, ")}b)\n`,
  "many forbidden names": `x = [${much("eval, ")}]\n`,
  "many statements in a line": much("x;"),
  "many errors": much("x = = 1\n"),
  "many errors of indentation": much(" x\n  y\n"),
  "many definitions that begin": much("def (\n"),
  "many classes": much("class A(B, c=1): x: int = 1\n"),
  "an alias of an alias": `${Array.from({ length: 9000 }, (_, n) => `a${n + 1} = a${n}`).join("\n")}\n@a9000\ndef f(image): pass\n`,
};

describe("200 KB that mean no good", () => {
  test.each(Object.keys(texts))("%s: answered by the contract", (name) => {
    const analysis = analyzeText(texts[name] ?? "");
    expect(sourceAnalysis.safeParse(analysis).error?.issues ?? []).toEqual([]);
    expect(analysis.issues.map(({ code }) => code)).not.toContain("analyzer_failed");
    // Functions of one name replace each other: that is a warning.
    const isRefused = analysis.issues.some(({ severity }) => severity === "error");
    expect(analysis.code === null).toBe(isRefused);
  });

  test("after them the analyzer is as it was", () => {
    expect(analyzeText("def f(x: int) -> int: return x\n").issues).toEqual([]);
  });

  test("Ruff goes on after its stack was used up", () => {
    for (let round = 0; round < 5; round++) expect(() => ruff("(".repeat(size))).toThrow(RangeError);
    expect(ruff("x = 1\n")).toEqual([]);
    expect(ruff("x = = 1\n").map(({ from, to }) => [from, to])).toEqual([[4, 5]]);
  });
});
