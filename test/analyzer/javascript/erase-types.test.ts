import { readdirSync, readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { describe, expect, test } from "vitest";
import type { Finding } from "../../../src/analyzer/finding.ts";
import { checkErased, eraseTypes } from "../../../src/analyzer/javascript/syntax/erase-types.ts";
import { parseModule } from "../../../src/analyzer/javascript/syntax/parse-module.ts";
import { type Result, refusal, success } from "../../../src/domain/result.ts";
import { readCorpus } from "../support/read-corpus.ts";

const sources = [
  "const f = <T,>(a: string, b?: number): a is T => a!;",
  "class A<T> extends B<T> implements C<T>, D { private static async *x?(): T {} static {} declare z: string; [q: string]: any }",
  "class A { x = 1 as any\n[q] = 2\nprotected readonly y\npublic [z] = 3 }",
  "class A extends B { x = 1\npublic [z] = 3\noverride *g() {} }",
  "class P { get: string\n foo() {} private [x] = 1; #a?: string; 'b'!: number; [c]?: string; readonly async = 1; public\n static q }",
  "class Q<T = {}> extends (R as any)<T> { static readonly [K]: string\n; static async(): void {} static static = 1; 'x'?(): void {} }",
  "export abstract class A { abstract foo(): void; abstract bar: string; public constructor(x?: string) {} }",
  "const x = (a): {\n b: string } => a as unknown as {\n c: 1}\n(y)",
  "const f = async <\nT,\n>(x: T) => x;",
  "const f = (x\n/* ) */)\n: { a: string\n} /* => */ => x;",
  "for (const q of z as string[]) {}\nfor (let a = 1 as number; a < 2; a++) {}",
  "let a: number\nlet b = c as D\n;[1].map(e)",
  "type A = 1\nconst b = 2\ninterface C { d: E }\n(f)",
  "export type { A }; type A = 1; export { type A as B }; const c = 1; export { c, type A as D }",
  "function f(this: X, y?: string): asserts y is string; function f(this: X,) { return (y as any)!.z?.q!.r<string>(1) }",
  "const x = { m<T>(a: T): void {}, get y(): string { return '' }, async *['a' as const]<T>(...r: T[]): X<T> {} } satisfies X;",
  "let z = (((a) as string) as number)!\nexport default function g(): void\nexport default function g(a?: 1) {}",
  "export default interface Foo { a: string }",
  "declare global { interface X {} }\ndeclare module 'x' { export const a: string }\nexport declare const q: string; declare let b, c: number;",
  "let v = a < b as boolean; let w = <const T,>(x: T) => x; try {} catch (e: unknown) {} f<\nA\n>\n(1); new (a as any)(); (a as any) = 1; a! = 2; a!++;",
  `(<T>(x: T) => x)(1); \`\${a as string}\`; if (a) b as c
else d as e
`,
  "const é: string = '😀' as string; const f = (\\u0061?: X, b\\u{62}?: Y) => 1",
  "let x!: string; const [a = 1 as number, { b: c = 2 }]: [number?, any?] = [];",
  "export function* g<T>(): Generator<T> { const x: T = yield 1 as any; return x }",
  "label: for (const a of b as any) continue label;",
];

describe("types are taken away", () => {
  test.each(sources)("as another tool takes them, and everything else stays where it was: %s", (source) => {
    const erased = erase(source);
    expect(erased).toMatchObject({ ok: true });
    const text = erased.ok ? erased.value : "";
    expect(withoutSpace(text)).toBe(withoutSpace(stripTypeScriptTypes(source, { mode: "strip" })));
    expectInPlace(source, text);
  });

  const corpus = readCorpus().filter(
    ({ path, issues }) =>
      path.startsWith("javascript/") && path.endsWith(".ts") && issues.every((issue) => !issue.startsWith("error")),
  );
  test.each(corpus)("from $path as another tool takes them", ({ text: sent }) => {
    const source = sent.replace(/^\uFEFF/, "").replaceAll("\r\n", "\n");
    const erased = erase(source);
    const text = erased.ok ? erased.value : "";
    expect(withoutSpace(text)).toBe(withoutSpace(stripTypeScriptTypes(source, { mode: "strip" })));
    expectInPlace(source, text);
  });

  test("from the analyzer's own sources as another tool takes them", () => {
    const folder = new URL("../../../src/analyzer/javascript/", import.meta.url);
    const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".ts"));
    expect(paths.length).toBeGreaterThan(40);
    for (const path of paths) {
      const source = readFileSync(new URL(path, folder), "utf8");
      const erased = erase(source);
      const text = erased.ok ? erased.value : path;
      expect(withoutSpace(text)).toBe(withoutSpace(stripTypeScriptTypes(source, { mode: "strip" })));
    }
  });

  test("where the program would be another one without them, that is refused", () => {
    for (const source of ["const a = 1 + 2 as number * 3;", "const a = 1 * 2 as number ** 3;"]) {
      const erased = erase(source);
      expect(erased.ok ? [] : erased.failure.map(({ code }) => code)).toEqual(["not_erasable"]);
    }
  });

  test("where they are code, that is refused with what to write instead", () => {
    const source =
      "enum A { B }\nnamespace C { export const d = 1 }\nclass E { constructor(private f: string) {} }\nconst g = <any>h;\nimport i = C.d;\nexport = g;";
    const erased = erase(source);
    const failures = erased.ok ? [] : erased.failure;
    expect(failures.map(({ code, span }) => [code, source.slice(span.from, span.to)])).toEqual([
      ["not_erasable", "enum A { B }"],
      ["not_erasable", "namespace C { export const d = 1 }"],
      ["not_erasable", "private f: string"],
      ["not_erasable", "<any>h"],
      ["not_erasable", "import i = C.d;"],
      ["not_erasable", "export = g;"],
    ]);
    expect(failures.every(({ suggestion }) => suggestion !== null)).toBe(true);
  });
});

function erase(source: string): Result<string, Finding[]> {
  const parsed = parseModule(source, "typescript");
  const erased = parsed.ok ? eraseTypes(source, parsed.value) : parsed;
  if (!erased.ok) return erased;
  const findings = checkErased(erased.value);
  return findings.length === 0 ? success(erased.value.text) : refusal(findings);
}

/** Where the other tool writes a ; of its own, or takes a comment away with a type, the program is the same. */
function withoutSpace(text: string): string {
  return text.replaceAll(/\/\*.*?\*\//g, "").replaceAll(/[\s;]/g, "");
}

/** Each character that is left stands where it stood; only parentheses and semicolons may stand elsewhere. */
function expectInPlace(source: string, erased: string): void {
  expect(erased.length).toBe(source.length);
  for (let at = 0; at < source.length; at += 1) {
    const left = erased[at];
    if (left !== source[at]) expect([" ", ";", "(", ")"]).toContain(left);
    if (source[at] === "\n") expect(left).toBe("\n");
  }
}
