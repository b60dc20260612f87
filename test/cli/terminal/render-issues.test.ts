import pc from "picocolors";
import { expect, test } from "vitest";
import { type FileIssue, githubIssue, renderIssue } from "../../../src/cli/terminal/render-issues.ts";

const plain = pc.createColors(false);
const found: FileIssue = {
  file: "templates/a.yaml",
  severity: "error",
  path: "/template/version",
  line: 2,
  column: 12,
  code: "bad_version",
  message: "expected a version, found 1",
  suggestion: "write 1.0.0",
};

test("an issue is shown with its place, its line, a caret and what to do", () => {
  expect(renderIssue(found, "template:\n  version: 1\n", plain)).toBe(
    [
      "templates/a.yaml:2:12  error  bad_version  expected a version, found 1",
      "    2 |   version: 1",
      "      |            ^",
      "    write 1.0.0",
    ].join("\n"),
  );
});

test("an issue without a place is shown with its pointer", () => {
  const issue = { ...found, line: null, column: null, suggestion: null };
  expect(renderIssue(issue, "template:\n", plain)).toBe(
    "templates/a.yaml  error  bad_version  expected a version, found 1\n    at /template/version",
  );
});

test("tabs and control characters do not move the caret or the terminal", () => {
  const shown = renderIssue({ ...found, line: 1, column: 3, message: "a\u001b[2Jb" }, "\t\u001b[31mx", plain);
  expect(shown).not.toContain("\u001b");
  expect(shown).not.toContain("\t");
  expect(shown).toContain("      |   ^");
});

test("of a very long line the part with the caret is shown", () => {
  const shown = renderIssue({ ...found, line: 1, column: 5001 }, `${"x".repeat(5000)}HERE${"y".repeat(5000)}`, plain);
  const [, excerpt, caret] = shown.split("\n");
  expect(excerpt?.charAt(caret?.indexOf("^") ?? 0)).toBe("H");
  expect(excerpt?.length).toBeLessThan(200);
});

test("a workflow command escapes what would end it early", () => {
  expect(githubIssue({ ...found, file: "a,b:c.yaml", message: "50% of\nit", suggestion: null })).toBe(
    "::error file=a%2Cb%3Ac.yaml,line=2,col=12,title=bad_version::50%25 of%0Ait",
  );
  expect(githubIssue({ ...found, severity: "warning", line: null, column: null })).toBe(
    "::warning file=templates/a.yaml,title=bad_version::expected a version, found 1 (write 1.0.0)",
  );
});
