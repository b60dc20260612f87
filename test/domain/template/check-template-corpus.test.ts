import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { asExpectation, checkFile, corpus, expectedOf } from "./corpus-reading.ts";

const good = readdirSync(new URL("good/", corpus));
const bad = readdirSync(new URL("bad/", corpus));

describe("the corpus of documents", () => {
  test.each(good)("good/%s is accepted without a word", (file) => {
    const { issues, template } = checkFile(`good/${file}`);
    expect(issues).toEqual([]);
    expect(template).not.toBeNull();
  });

  test.each(bad)("bad/%s gives exactly the issues that it expects", (file) => {
    const expected = expectedOf(readFileSync(new URL(`bad/${file}`, corpus), "utf8"));
    const { issues, template } = checkFile(`bad/${file}`);
    expect(expected).not.toEqual([]);
    expect(issues.map(asExpectation)).toEqual(expected);
    expect(template === null).toBe(issues.some((issue) => issue.severity === "error"));
  });

  test.each(bad)("each issue of bad/%s says something in one line", (file) => {
    for (const issue of checkFile(`bad/${file}`).issues) {
      expect(issue.message).toMatch(/^[^\n]{10,}$/);
      expect(issue.message).not.toMatch(/undefined|\[object|Invalid input/);
      expect(issue.suggestion ?? "-").not.toMatch(/undefined|\[object|^$/);
    }
  });

  test("every issue code is shown by a bad file, or by a test of what a file cannot show", () => {
    const shown = new Set(bad.flatMap((file) => checkFile(`bad/${file}`).issues.map((issue) => issue.code)));
    const beyondFiles = [
      "document_too_large",
      "too_many_documents",
      "too_many_values",
      "not_json",
      "flattened_too_large",
      "extends_cycle",
    ];
    const codes = [...codesOf("document/document-issue-codes.ts"), ...codesOf("template/issue-codes.ts")];
    expect(codes.filter((code) => !shown.has(code)).sort()).toEqual(beyondFiles.sort());
    expect([...shown].filter((code) => !codes.includes(code))).toEqual([]);
  });
});

function codesOf(path: string): string[] {
  const source = readFileSync(new URL(`../../../src/domain/${path}`, import.meta.url), "utf8");
  return [...source.matchAll(/^ {2}\| "([a-z_]+)"/gm)].map((match) => match[1] ?? "");
}
