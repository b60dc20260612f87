import { describe, expect, test } from "vitest";
import { analyze } from "./analyze.ts";

describe("the analysis of a function", () => {
  const source = `/**
 * Cuts a text.
 *
 * At a word, if there is one.
 *
 * @param inputs what to cut
 * @param inputs.text the text
 * @returns what is left
 */
export async function cutText({ text, size = 10 }: { text: string; size?: number }): Promise<string> {
  return text.slice(0, size);
}
`;
  const analysis = analyze(source);
  const [fn] = analysis.functions;

  test("has its name, what is loaded, and where it stands", () => {
    expect(fn).toMatchObject({ id: "javascript.cut_text", entry: "cutText", runtime: "javascript" });
    expect(fn).toMatchObject({ line: 10, column: 1, is_async: true });
  });

  test("has the words of its comment", () => {
    expect(fn?.docs).toEqual({
      summary: "Cuts a text.",
      description: "At a word, if there is one.",
      args: { text: "the text" },
      returns: [{ name: null, text: "what is left" }],
    });
    expect(fn?.interface.outputs.result?.description).toBe("what is left");
  });

  test("has its parameters as they are written", () => {
    expect(fn?.parameters).toEqual([
      { name: "text", kind: "keyword_only", annotation: "string", default_text: null, required: true },
      { name: "size", kind: "keyword_only", annotation: "number", default_text: "10", required: false },
    ]);
    expect(fn?.returns).toEqual({ annotation: "Promise<string>", shape: "value", names: ["result"] });
  });

  test("needs what every function at the edge needs", () => {
    expect(fn?.resources).toEqual({ gpu: false, cpu_cores: 1, memory_gb: 0.125 });
    expect(fn?.execution).toEqual({});
    expect(analysis.packages).toEqual([]);
  });

  test("has the code that runs, in the same lines and columns", () => {
    expect(analysis.code?.split("\n")[9]).toBe(
      "export async function cutText({ text, size = 10 }                                 )                  {",
    );
  });
});

describe("what is exported", () => {
  test.each([
    ["export function f(): void {}", "f"],
    ["export default function f(): void {}", "default"],
    ["function g(): void {}\nexport { g as f };", "f"],
    ["const f = (): void => {};\nexport default f;", "default"],
    ["const f = (): void => {};\nexport default f;\nexport { f };", "f"],
    ["const g = (): void => {};\nexport const f = g;", "f"],
    ["export const f = async function named(): Promise<void> {};", "f"],
    ["export const f = ((): void => {}) satisfies () => void;", "f"],
    ["function f(): void {}\nexport { f as default };", "default"],
  ])("is published under its name and loaded as it is exported: %s", (source, entry) => {
    const { functions, issues } = analyze(source);
    expect(issues).toEqual([]);
    expect(functions.map((fn) => [fn.id, fn.entry])).toEqual([["javascript.f", entry]]);
  });

  test("is not published when one function of the file is refused, and every reason is told", () => {
    const { code, functions, issues } = analyze(
      "export function f(): void {}\nexport function g(a: string, b: string): void {}\nexport class C {}\neval('1');",
    );
    expect(code).toBeNull();
    expect(functions.map(({ id }) => id)).toEqual(["javascript.f"]);
    expect(issues.map((issue) => issue.code)).toEqual(["positional_parameters", "not_a_function", "forbidden_call"]);
  });
});

describe("a place", () => {
  test("counts lines and code points from 1, also after wide characters, CRLF and a byte order mark", () => {
    const { issues } = analyze(
      '\uFEFF// 😀\r\nconst a = "😀😀";\r\nconst b = "é😀" + eval("1");\rexport function f(): void {}',
    );
    expect(issues).toHaveLength(1);
    expect(issues[0]).toMatchObject({ line: 3, column: 18, end_line: 3, end_column: 22, stage: "imports" });
    expect(issues[0]?.snippet).toBe('const b = "é😀" + eval("1");');
  });

  test("of a type in a comment is that of the type", () => {
    const source = "/**\n * @param {Date} inputs.when\n */\nexport function f({ when }) {}\n";
    const [issue] = analyze(source, "javascript").issues;
    expect(issue).toMatchObject({ code: "not_json", line: 2, column: 12, end_line: 2, end_column: 16 });
  });

  test("of something inside an input is named by its path", () => {
    const source = "export function f({ a }: { a: { b: Map<string, string>[] } }): void {}";
    expect(analyze(source).issues.map(({ path }) => path)).toEqual(["/functions/f/parameters/a/b"]);
  });
});

describe("a syntax error", () => {
  test("stops the reading, with what is wrong and where", () => {
    const { issues, functions, code } = analyze("export function f({ a }: { a: Date }) {\n  return [1, 2;\n}");
    expect(issues.map((issue) => [issue.code, issue.line, issue.column])).toEqual([["syntax_error", 2, 15]]);
    expect(issues[0]?.message).toBe('unexpected token, expected ","');
    expect([functions, code]).toEqual([[], null]);
  });

  test("is told together with others that the reader gets over", () => {
    const { issues } = analyze("let a = 1;\nlet a = 2;\nlet b = 1;\nlet b = 2;", "javascript");
    expect(issues.map(({ line }) => line)).toEqual([2, 4]);
  });

  test("in JavaScript that is TypeScript says so", () => {
    const { issues } = analyze("export const f = (a: string) => a;", "javascript");
    expect(issues[0]?.suggestion).toContain("this is TypeScript");
  });
});
