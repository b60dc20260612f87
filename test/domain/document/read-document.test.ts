import { describe, expect, test } from "vitest";
import { limits } from "../../../src/contract/limits.ts";
import { readDocument } from "../../../src/domain/document/read-document.ts";

describe("reading a document", () => {
  test("knows where each key and value is written", () => {
    const { document } = readDocument('a:\n  b: [1, "two"]\nc: {d: 3}\n');
    expect(document?.value).toEqual({ a: { b: [1, "two"] }, c: { d: 3 } });
    expect(document?.place("/a/b/1")).toEqual({ line: 2, column: 10 });
    expect(document?.place("/a/b", "key")).toEqual({ line: 2, column: 3 });
    expect(document?.place("/c/d", "key")).toEqual({ line: 3, column: 5 });
    expect(document?.place("/a/b/0", "key")).toBeNull();
    expect(document?.place("/nowhere")).toBeNull();
  });

  test("a byte order mark and CRLF do not move places", () => {
    const { document } = readDocument("\uFEFFa: 1\r\nb:\r\n  c: 2\r\n");
    expect(document?.place("/a", "key")).toEqual({ line: 1, column: 1 });
    expect(document?.place("/b/c")).toEqual({ line: 3, column: 6 });
  });

  test("what an alias repeats is placed where it is written, the alias itself where it is used", () => {
    const { document } = readDocument("a: &x\n  k: 1\nb: *x\n");
    expect(document?.value).toEqual({ a: { k: 1 }, b: { k: 1 } });
    expect(document?.place("/b")).toEqual({ line: 3, column: 4 });
    expect(document?.place("/b/k")).toEqual({ line: 2, column: 6 });
  });

  test("an anchor that is set again means the latest value before the alias", () => {
    expect(readDocument("a: &x 1\nb: *x\nc: &x 2\nd: *x\n").document?.value).toEqual({ a: 1, b: 1, c: 2, d: 2 });
  });

  test("is YAML 1.2: yes, on and 0o17 are what its core schema says", () => {
    expect(readDocument("[yes, on, n, true, 0o17, 0x1F, 1e3, ~, 2001-01-01]").document?.value).toEqual([
      "yes",
      "on",
      "n",
      true,
      15,
      31,
      1000,
      null,
      "2001-01-01",
    ]);
  });

  test("JSON is read too, tabs, escapes and surrogate pairs included", () => {
    const text = '{\n\t"a": "\\ud83d\\ude00\\/\\u0041",\n\t"b": [1, -0, 2.50, null]\n}';
    expect(readDocument(text).document?.value).toEqual({ a: "😀/A", b: [1, 0, 2.5, null] });
  });

  test("a stray document end or start is no second document", () => {
    expect(readDocument("---\na: 1\n---\n").document?.value).toEqual({ a: 1 });
    expect(readDocument("a: 1\n...\n").document?.value).toEqual({ a: 1 });
  });

  test("the size limit counts bytes of UTF-8", () => {
    const rest = "a: ".length;
    expect(readDocument(`a: ${"x".repeat(limits.documentBytes - rest)}`).issues).toEqual([]);
    expect(codes(`a: ${"x".repeat(limits.documentBytes - rest + 1)}`)).toEqual(["document_too_large"]);
    expect(codes(`a: ${"é".repeat(limits.documentBytes / 2)}`)).toEqual(["document_too_large"]);
    expect(codes(`a: ${"😀".repeat(limits.documentBytes / 4)}`)).toEqual(["document_too_large"]);
  });

  test("values are counted with aliases expanded", () => {
    const list = `[${"x,".repeat(999)}]`;
    expect(codes(`a: &a ${list}\nb: [${"*a,".repeat(18)}]`)).toEqual([]);
    expect(codes(`a: &a ${list}\nb: [${"*a,".repeat(20)}]`)).toEqual(["too_many_values"]);
  });

  test("floats beyond 2^53 are carried, integers are not", () => {
    expect(readDocument("[3.4e38, 9007199254740991]").document?.value).toEqual([3.4e38, 9007199254740991]);
    expect(codes("1e20")).toEqual(["integer_too_large"]);
  });

  const hostile = [
    "[",
    "{",
    "- ",
    "? ",
    "&a ",
    "!a ",
    '"',
    "'",
    "*a ",
    "#\n",
    "---\n",
    "...\n",
    "%a\n",
    "- a\n",
    "a:\n",
    "k: [\n",
    "[]",
    "{} ",
    "- |\n",
  ];
  test.each(hostile)("256 KiB of %j end soon", (piece) => {
    const source = piece.repeat(Math.floor(limits.documentBytes / piece.length));
    expect(readDocument(source).issues.length).toBeLessThan(30);
  });

  test("twenty thousand keys are compared without comparing each with each", () => {
    const source = Array.from({ length: limits.documentNodes - 1 }, (_, at) => `k${at}: 1`).join("\n");
    expect(readDocument(source).issues).toEqual([]);
    expect(codes(`${source.slice(0, -10)}\nk0: 2`)).toEqual(["duplicate_key"]);
  });
});

function codes(source: string): string[] {
  return readDocument(source).issues.map((issue) => issue.code);
}
