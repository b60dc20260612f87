import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { step } from "../../../src/contract/workflow/step.ts";
import { checkText, readCorpus } from "./read-corpus.ts";

const good = readCorpus("good");
const bad = readCorpus("bad");

describe("the corpus of workflows", () => {
  test("is as large as it should be", () => {
    expect(good.length).toBeGreaterThanOrEqual(40);
    expect(good.length + bad.length).toBeGreaterThanOrEqual(200);
  });

  test.each(good)("$path is accepted without a word", ({ text, expected }) => {
    const { issues, workflow } = checkText(text);
    expect(expected).toEqual([]);
    expect(issues).toEqual([]);
    expect(workflow?.steps.map((one) => step.safeParse(one).success)).not.toContain(false);
  });

  test.each(bad)("$path gives exactly the issues that it expects", ({ text, expected }) => {
    const { issues, workflow } = checkText(text);
    expect(expected).not.toEqual([]);
    expect(issues.map(({ severity, code, line, column }) => `${severity} ${code} ${line}:${column}`)).toEqual(expected);
    expect(workflow === null).toBe(expected.some((line) => line.startsWith("error ")));
  });

  test.each(bad)("each issue of $path says something in one line", ({ text }) => {
    for (const issue of checkText(text).issues) {
      expect(issue.message).toMatch(/^[^\n]{10,}$/);
      expect(issue.message).not.toMatch(/undefined|\[object|NaN|Invalid|of a workflow's form/);
      expect(issue.suggestion ?? "-").not.toMatch(/undefined|\[object|NaN|^$/);
    }
  });

  test("shows every code of the rules of workflows", () => {
    const source = readFileSync(new URL("../../../src/domain/workflow/issue-codes.ts", import.meta.url), "utf8");
    const codes = [...source.matchAll(/^ {2}\| "([a-z_]+)"/gm)].map(([, code]) => code);
    const shown = new Set(bad.flatMap(({ expected }) => expected.map((line) => line.split(" ")[1])));
    expect(codes.length).toBeGreaterThan(25);
    // A document that long is made by check-expressions-length.test.ts.
    expect(codes.filter((code) => !shown.has(code))).toEqual(["expressions_too_long"]);
  });
});
