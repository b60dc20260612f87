import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sourceAnalysis } from "../../../src/contract/function/analysis.ts";
import type { SourceLanguage } from "../../../src/contract/function/runtime.ts";
import { readCorpus } from "../support/read-corpus.ts";
import { analyze } from "./analyze.ts";

const size = 200 * 1024;

/** A text of `size` characters, or nearly. */
function fill(piece: string, count = Math.floor(size / piece.length)): string {
  return piece.repeat(count);
}

function numbered(count: number, make: (index: number) => string, between = "\n"): string {
  return Array.from({ length: count }, (_, index) => make(index)).join(between);
}

const doubled = (of: string): string => numbered(300, (at) => `type A${at + 1} = ${of.replaceAll("X", `A${at}`)};`);

/** What takes parsers, trees, or types that name each other, to their ends. */
const hard: Record<string, string> = {
  "open parentheses": fill("("),
  "open brackets": fill("["),
  "open braces": fill("{"),
  "open templates": fill("`${"),
  "open generics": fill("<"),
  "arrows that may be generic": `${fill("<T>(", 20_000)}x${fill(")", 20_000)}`,
  "arrows that may be calls": fill("async<T>("),
  "arrows that may be generic, a few within each other": fill(`${"<T>(".repeat(40)}x${")".repeat(40)};`),
  "tagged templates with types, a few within each other": fill(`${"a<b>`${".repeat(40)}x${"}`".repeat(40)};`),
  "conditionals that may be arrows": fill("a?(b):c=>"),
  "tagged templates with types": fill("a<b>`${"),
  "types in parentheses": `type X = ${fill("(")}`,
  "types with infer": `type X = ${fill("A extends infer B extends ")}`,
  "function types": `type X = ${fill("(a:")}`,
  comments: fill("/**/"),
  "comments in one line": fill("/**/(a);"),
  labels: fill("a:"),
  "one name": fill("a"),
  "one number": fill("9"),
  "one string": `"${fill("a")}"`,
  statements: fill("a;"),
  sums: `a${fill("+a")}`,
  casts: `a${fill(" as b")}`,
  "chained members": `a${fill(".a")}`,
  "lets of one name": fill("let a;"),
  "unclosed strings": fill("'"),
  decorators: fill("@"),
  awaits: fill("await "),
  "calls of eval": fill("eval;"),
  "exported functions": numbered(8000, (at) => `export const a${at}=()=>1;`),
  "one interface again and again": `${fill("interface A{a:A}", 12_000)}export function f(x: A) {}`,
  "objects that double": `type A0 = {};${doubled("{ a: X; b: X }")}export function f({ a }: { a: A300 }) {}`,
  "unions that double": `type A0 = "a";${doubled("X | X")}export function f({ a }: { a: A300 }) {}`,
  "intersections that double": `type A0 = {};${doubled("X & X")}export function f({ a }: { a: A300 }) {}`,
  "picks that double": `type A0 = {};${doubled("Pick<X, keyof X>")}export function f({ a }: { a: A300 }) {}`,
  "a union of very many": `export function f({ a }: { a: ${numbered(20_000, (at) => `"${at}"`, "|")} }) {}`,
  "an alias of itself":
    "type P = Promise<P>; export async function f(a: P): P {}\ntype Q = Q; export const g: Q = (a: Q): Q => a;",
  "interfaces that extend each other":
    "interface B extends C {} interface C extends B {} export function f(b: B): C {}",
  "a constant of itself": "export const a = b, b = a; const c = c; export { c }; export default a;",
  "tags of a comment": `/**${fill("\n@param {a} a.b")}*/export function f(a) {}`,
  "an open type in a comment": `/**\n@param {${fill("(")}} a */export function f(a) {}`,
  "open brackets in a comment": `/**${fill("\n@param [a=")}*/export function f(a) {}`,
  "typedefs in a row": `${numbered(4000, (at) => `/** @typedef {B${at + 1}} B${at} */`)}\n/** @param {B0} a */export function f(a) {}`,
  "a deep schema": `export const schema={inputs:${fill("{properties:{a:", 1500)}1${fill("}}", 1500)}};export function f() {}`,
  "a wide schema": `export const schema={inputs:{properties:{${numbered(9000, (at) => `a${at}:{}`, ",")}}}};export function f(x) {}`,
};

describe("hard texts of 200 KB", () => {
  test.each(Object.keys(hard))("are answered: %s", (name) => {
    for (const language of ["typescript", "javascript"] as const) expectAnswer(hard[name] ?? "", language);
  });
});

describe("any text", () => {
  test("is answered, and the answer keeps to the contract", () => {
    const noise = fc.oneof(
      fc.string({ unit: "binary", maxLength: 300 }),
      fc.string({ unit: "grapheme", maxLength: 300 }),
    );
    fc.assert(fc.property(noise, languages, expectAnswer));
  });

  test("made of the language's own pieces is answered too", () => {
    const pieces = fc.constantFrom(
      ..."export|default|function|async|const|let|class|type|interface|enum|declare|abstract|import|from|as|satisfies|extends|return|await|this".split(
        "|",
      ),
      ..."{|}|(|)|[|]|<|>|=>|=|:|;|,|.|...|?|??|?.|!|&|||`|${|'|\"|/|*|@|#|\n|\n|1|0x|1n|a|f|b|schema|version|/**|*/|//|@param {".split(
        "|",
      ),
    );
    const text = fc.array(pieces, { maxLength: 60 }).map((words) => words.join(" "));
    fc.assert(fc.property(text, languages, expectAnswer), { numRuns: 500 });
  });

  test("that was a good source before one piece of it was cut or doubled is answered too", () => {
    const sources = readCorpus().filter(({ path }) => path.startsWith("javascript/"));
    const change = fc.record({
      source: fc.constantFrom(...sources),
      at: fc.nat(1500),
      length: fc.nat(40),
      doubles: fc.boolean(),
    });
    fc.assert(
      fc.property(change, ({ source: { text, language }, at, length, doubles }) => {
        expectAnswer(text.slice(0, doubles ? at + length : at) + text.slice(doubles ? at : at + length), language);
      }),
      { numRuns: 400 },
    );
  });
});

describe("what is beyond a limit is told", () => {
  test.each([
    ["too_large", `"${"a".repeat(256 * 1024)}"`],
    ["bad_character", 'export const a = "\ud800";'],
    ["too_deep", "[".repeat(30_000)],
    ["too_complex", "<T>(".repeat(100)],
    ["too_complex", "/**/".repeat(5001)],
    ["too_many_functions", numbered(33, (at) => `export function f${at}(): void {}`)],
    ["too_many_parameters", `export function f(a: { ${numbered(65, (at) => `a${at}: string;`)} }): void {}`],
    ["too_many_fields", `export function f({ a }: { a: { ${numbered(257, (at) => `a${at}: string;`)} } }): void {}`],
    ["enum_too_large", `export function f({ a }: { a: ${numbered(1001, (at) => `"${at}"`, "|")} }): void {}`],
    ["type_too_deep", `export function f({ a }: { a: ${"{ a: ".repeat(20)}1${" }".repeat(20)} }): void {}`],
    ["default_unsayable", `export function f({ a = "${"a".repeat(64 * 1024 + 1)}" }: { a?: string }): void {}`],
  ])("%s", (code, text) => {
    expect(analyze(text).issues.map((issue) => issue.code)).toContain(code);
  });

  test("in at most 200 issues, errors before warnings, and all are counted", () => {
    const text = `${numbered(300, (at) => `export const a${at} = 1;`)}\neval("1");\nexport function f(): void {}`;
    const { issues, issue_count } = analyze(text);
    expect(issue_count).toBe(301);
    expect(issues).toHaveLength(200);
    expect(issues.filter(({ severity }) => severity === "error")).toHaveLength(1);
  });
});

const languages = fc.constantFrom<SourceLanguage>("typescript", "javascript");

function expectAnswer(text: string, language: SourceLanguage): void {
  const analysis = analyze(text, language);
  expect(sourceAnalysis.safeParse(analysis).error?.issues ?? []).toEqual([]);
  expect(analysis.code === null).toBe(analysis.issues.some(({ severity }) => severity === "error"));
  expect(analysis.issues.length > 0 || analysis.functions.length > 0).toBe(true);
}
