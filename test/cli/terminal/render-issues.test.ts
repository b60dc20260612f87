import pc from "picocolors";
import { expect, test } from "vitest";
import { type FileIssue, githubIssue, renderCounts, renderIssue } from "../../../src/cli/terminal/render-issues.ts";

const plain = pc.createColors(false);
/** As documents have them: columns count UTF-16 units. */
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
/** As sources have them: columns count code points, and the end is told. */
const ofCode: FileIssue = {
  ...found,
  file: "filters.py",
  line: 1,
  column: 8,
  end_line: 1,
  end_column: 10,
  code: "forbidden_import",
  stage: "imports",
  message: "os may not be imported",
  suggestion: null,
};

/** What the carets stand below, as a terminal with columns of one width shows it. */
function underlined(shown: string): string {
  const [, line = "", carets = ""] = shown.split("\n");
  return line.slice(carets.indexOf("^"), carets.lastIndexOf("^") + 1);
}

test("an issue is shown with its place, its line, a caret and what to do", () => {
  expect(renderIssue(found, "template:\n  version: 1\n", plain)).toBe(
    [
      "templates/a.yaml:2:12: error[bad_version]: expected a version, found 1",
      "    2 |   version: 1",
      "      |            ^",
      "      = help: write 1.0.0",
    ].join("\n"),
  );
});

test("an issue without a place is shown with its pointer", () => {
  const issue = { ...found, line: null, column: null };
  expect(renderIssue(issue, "template:\n", plain)).toBe(
    "templates/a.yaml: error[bad_version]: expected a version, found 1\n    at /template/version\n    help: write 1.0.0",
  );
});

test("what is meant is underlined from its first to its last character", () => {
  expect(renderIssue({ ...ofCode, severity: "warning" }, "import os, re\n", plain)).toBe(
    [
      "filters.py:1:8: warning[forbidden_import]: os may not be imported",
      "    1 | import os, re",
      "      |        ^^",
    ].join("\n"),
  );
});

test("what goes on over several lines is underlined to the end of its first", () => {
  const shown = renderIssue({ ...ofCode, column: 5, end_line: 3, end_column: 2 }, "x = open(  \n  a\n)\n", plain);
  expect(underlined(shown)).toBe("open(");
});

test("columns of code count code points, those of documents UTF-16 units", () => {
  const line = "a = '\u{1f600}'; os\n";
  const points = renderIssue({ ...ofCode, column: 10, end_column: 12 }, line, plain).split("\n");
  const units = renderIssue({ ...found, line: 1, column: 11 }, line, plain).split("\n");
  // The face takes two columns of a terminal and two units, but is one code point.
  expect(points[2]).toBe(`      | ${" ".repeat(10)}^^`);
  expect(units[2]).toBe(`      | ${" ".repeat(10)}^`);
});

test.each([
  ["wide characters take two columns", "名前 = os", 6, 7],
  ["combining marks take none", "e\u0301e\u0301 = os", 8, 5],
  ["a tab is shown as four", "\tx = os", 6, 8],
  ["ends of lines of any kind begin a new one", "\r\r\nx = os", 5, 4],
])("the caret stands right: %s", (_, source, column, indent) => {
  const line = source.split(/\r\n|\r|\n/).length;
  const shown = renderIssue({ ...ofCode, line, end_line: line, column, end_column: column + 2 }, source, plain);
  expect(shown.split("\n")[2]).toBe(`      | ${" ".repeat(indent)}^^`);
});

test("tabs and control characters do not move the caret or the terminal", () => {
  const shown = renderIssue({ ...found, line: 1, column: 3, message: "a\u001b[2Jb" }, "\t\u001b[31mx\u202e", plain);
  for (const hidden of ["\u001b", "\t", "\u202e"]) expect(shown).not.toContain(hidden);
  expect(shown).toContain("      |      ^");
});

test("of a very long line the part with the caret is shown", () => {
  const shown = renderIssue({ ...found, line: 1, column: 5001 }, `${"x".repeat(5000)}HERE${"y".repeat(5000)}`, plain);
  const [, excerpt, caret] = shown.split("\n");
  expect(excerpt?.charAt(caret?.indexOf("^") ?? 0)).toBe("H");
  expect(excerpt?.length).toBeLessThan(200);
});

test("a run of carets ends with the part of the line that is shown", () => {
  const shown = renderIssue({ ...ofCode, column: 1, end_column: 9000 }, "x".repeat(9000), plain);
  expect(underlined(shown)).toBe("x".repeat(160));
});

test("where the source is not at hand, the line that came with the issue is shown", () => {
  const shown = renderIssue({ ...ofCode, line: 40, end_line: 40, snippet: "import os" }, undefined, plain);
  expect(shown.split("\n").slice(1)).toEqual(["   40 | import os", "      |        ^^"]);
});

test.each([
  [1, 99],
  [99, 1],
  [1, 1],
])("a place that the source does not have (line %i, column %i) is shown as far as it goes", (line, column) => {
  const issue = { ...ofCode, line, column, end_line: line, end_column: column };
  expect(renderIssue(issue, "import os", plain)).toMatch(/^filters\.py:\d+:\d+: error\[forbidden_import\]/);
});

test("issues are counted over their files", () => {
  expect(renderCounts([])).toBe("0 errors, 0 warnings");
  expect(renderCounts([found, { ...found, line: 3 }, { ...ofCode, severity: "warning" }])).toBe(
    "2 errors, 1 warning in 2 files",
  );
});

test("a workflow command escapes what would end it early", () => {
  expect(githubIssue({ ...found, file: "a,b:c.yaml", message: "50% of\nit", suggestion: null })).toBe(
    "::error file=a%2Cb%3Ac.yaml,line=2,col=12,title=bad_version::50%25 of%0Ait",
  );
  expect(githubIssue({ ...found, severity: "warning", line: null, column: null })).toBe(
    "::warning file=templates/a.yaml,title=bad_version::expected a version, found 1 (write 1.0.0)",
  );
  expect(githubIssue(ofCode)).toBe(
    "::error file=filters.py,line=1,col=8,endLine=1,endColumn=10,title=forbidden_import::os may not be imported",
  );
});
