import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Finding } from "../../src/analyzer/finding.ts";
import { placeFindings } from "../../src/analyzer/place-findings.ts";
import { limits } from "../../src/contract/limits.ts";

const finding = (from: number, to: number, rest: Partial<Finding> = {}): Finding => {
  return {
    stage: "types",
    severity: "warning",
    code: "c",
    message: "a message",
    suggestion: null,
    span: { from, to },
    path: "",
    ...rest,
  };
};

describe("the places of findings", () => {
  test("columns count characters as people do, not halves of them", () => {
    const code = "a\n\u{1F600}\u{1F600}b\u00e9\n";
    const [first, second] = placeFindings(code, [
      finding(code.indexOf("b"), code.indexOf("\u00e9") + 1),
      finding(0, 1),
    ]);
    expect(first).toMatchObject({ line: 1, column: 1, end_line: 1, end_column: 2, snippet: "a" });
    expect(second).toMatchObject({
      line: 2,
      column: 3,
      end_line: 2,
      end_column: 5,
      snippet: "\u{1F600}\u{1F600}b\u00e9",
    });
  });

  test("they come in the order of the source, and at one place in the order of the checks", () => {
    const found = placeFindings("abc\n", [
      finding(2, 3, { stage: "syntax" }),
      finding(1, 2, { stage: "signature" }),
      finding(1, 3, { stage: "imports" }),
    ]);
    expect(found.map(({ column, stage }) => [column, stage])).toEqual([
      [2, "imports"],
      [2, "signature"],
      [3, "syntax"],
    ]);
  });

  test("of more than an answer carries, errors stay", () => {
    const many = Array.from({ length: limits.issues }, (_, at) => finding(at, at + 1));
    const found = placeFindings("x".repeat(500), [...many, finding(400, 401, { severity: "error" })]);
    expect(found.length).toBe(limits.issues);
    expect(found.at(-1)).toMatchObject({ severity: "error", column: 401 });
  });

  test("any span in any text has a place in it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.integer({ min: -5 }), fc.integer(), (code, from, to) => {
        const [issue] = placeFindings(code, [finding(from, to)]);
        const lines = code.split("\n");
        const text = lines[(issue?.line ?? 0) - 1];
        expect(text).toBeDefined();
        expect(issue?.column).toBeLessThanOrEqual([...(text ?? "")].length + 1);
        expect(issue?.snippet?.isWellFormed()).toBe(true);
      }),
    );
  });
});
