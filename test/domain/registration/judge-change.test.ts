import { describe, expect, test } from "vitest";
import type { Template } from "../../../src/contract/template/document.ts";
import { judgeChange } from "../../../src/domain/registration/judge-change.ts";
import { aTemplate } from "../template/a-template.ts";

const plain = aTemplate({ inputs: { a: { type: "string" } } });
const more = aTemplate({ inputs: { a: { type: "string" }, b: { type: "string" } } });
const broken = aTemplate({ inputs: { a: { type: "integer" } } });
const retitled = aTemplate({ inputs: { a: { type: "string" } }, description: "Sharpens." });

function judge(
  [version, template]: [string, Template],
  before: [string, Template] | null,
  after: [string, Template] | null = null,
  policy: "enforce" | "warn" | "off" = "enforce",
) {
  const neighbour = (of: [string, Template] | null) => of && { version: of[0], callable: of[1] };
  return judgeChange(
    { kind: "template", name: "sharpen", version, callable: template },
    { before: neighbour(before), after: neighbour(after) },
    policy,
  );
}

describe("a version number must say at least what the change is", () => {
  test.each<[string, Template, string, boolean]>([
    ["text in a patch", retitled, "1.0.1", true],
    ["an input in a minor", more, "1.1.0", true],
    ["an input in a patch", more, "1.0.1", false],
    ["a break in a minor", broken, "1.1.0", false],
    ["nothing in a minor", plain, "1.1.0", true],
  ])("%s", (_, template, version, allowed) => {
    expect(judge([version, template], ["1.0.0", plain]).ok).toBe(allowed);
  });

  test("and before 1.0.0 a minor number is enough for a break", () => {
    expect(judge(["0.2.0", broken], ["0.1.0", plain]).ok).toBe(true);
    expect(judge(["0.1.1", broken], ["0.1.0", plain]).ok).toBe(false);
  });
});

test("a first version has nothing to be compared with", () => {
  expect(judge(["1.0.0", plain], null)).toEqual({ ok: true, value: { comparison: null, warnings: [] } });
});

test("a refusal lists each hidden change with its place and the version that would do", () => {
  const judged = judge(["1.1.0", broken], ["1.0.0", plain]);
  expect(judged).toMatchObject({
    ok: false,
    failure: {
      code: "INCOMPATIBLE_CHANGE",
      message: expect.stringContaining("publish it as 2.0.0"),
      issues: [{ severity: "error", path: expect.stringContaining("/a"), suggestion: "publish it as 2.0.0" }],
    },
  });
});

test("a version between two others must also lead to the one above it", () => {
  expect(judge(["1.1.0", more], ["1.0.0", plain], ["1.2.0", more]).ok).toBe(true);
  const judged = judge(["1.1.0", more], ["1.0.0", plain], ["1.2.0", plain]);
  expect(judged.ok ? "" : judged.failure.message).toContain("1.2.0 is already published");
});

describe("by policy, a version number that says too little", () => {
  test("passes with warnings under warn", () => {
    const judged = judge(["1.0.1", broken], ["1.0.0", plain], null, "warn");
    expect(judged.ok && judged.value.warnings.map((warning) => warning.severity)).toEqual(["warning"]);
  });

  test("passes without a word under off, and is still compared", () => {
    const judged = judge(["1.0.1", broken], ["1.0.0", plain], null, "off");
    expect(judged).toMatchObject({
      ok: true,
      value: { warnings: [], comparison: { bump: "major", against: "1.0.0" } },
    });
  });
});
