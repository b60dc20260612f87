import { describe, expect, test } from "vitest";
import { parseSkill } from "../../../src/domain/agent/parse-skill.ts";

describe("a skill as it is asked for", () => {
  test("has a name, maybe a selector, maybe a kind", () => {
    expect(parseSkill("plan")).toMatchObject({ ok: true, value: { kind: null, skill: "plan", selectorText: null } });
    expect(parseSkill("numpy.sharpen@^1").ok && parseSkill("numpy.sharpen@^1")).toMatchObject({
      value: { kind: null, skill: "numpy.sharpen", selectorText: "^1", selector: { type: "range", range: "^1" } },
    });
    expect(parseSkill("workflow/code-generation@v1")).toMatchObject({
      value: { kind: "workflow", skill: "code-generation", selector: { type: "tag", tag: "v1" } },
    });
  });

  test.each([
    "",
    "@1.0.0",
    "a b",
    "tool/plan",
    "workflow/",
    "a/b/c",
    "plan@",
    "plan@!",
    "-plan",
    "__proto__",
    "x".repeat(129),
  ])("is refused as %j", (text) => {
    const parsed = parseSkill(text);
    expect(parsed.ok ? null : parsed.failure.code).toBe("INVALID_REQUEST");
  });
});
