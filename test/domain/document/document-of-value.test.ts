import { describe, expect, test } from "vitest";
import { limits } from "../../../src/contract/limits.ts";
import { documentOfValue } from "../../../src/domain/document/document-of-value.ts";

describe("a document from a value", () => {
  test("is a copy without places", () => {
    const value = { a: [1, { b: null }] };
    const { document } = documentOfValue(value);
    expect(document?.value).toEqual(value);
    expect(document?.value).not.toBe(value);
    expect(document?.place("/a")).toBeNull();
  });

  test("has the limits of text", () => {
    expect(codes(nested(limits.documentDepth))).toEqual([]);
    expect(codes(nested(limits.documentDepth + 1))).toEqual(["document_too_deep"]);
    expect(codes(Array(limits.documentNodes).fill(0))).toEqual(["too_many_values"]);
  });

  test("refuses what JSON cannot carry, all at once", () => {
    const value = { a: Number.NaN, b: 2 ** 60, c: "\ud800", d: undefined, e: 1n, f: "\0" };
    expect(codes(value)).toEqual([
      "number_not_finite",
      "integer_too_large",
      "bad_character",
      "not_json",
      "not_json",
      "bad_character",
    ]);
  });

  test("refuses __proto__ as JSON.parse gives it", () => {
    expect(codes(JSON.parse('{"a": {"__proto__": {"b": 1}}}'))).toEqual(["forbidden_key"]);
  });
});

function codes(value: unknown): string[] {
  return documentOfValue(value).issues.map((issue) => issue.code);
}

function nested(levels: number): unknown {
  let value: unknown = [];
  for (let level = 1; level < levels; level++) value = [value];
  return value;
}
