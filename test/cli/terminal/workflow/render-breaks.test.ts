import pc from "picocolors";
import { expect, test } from "vitest";
import { renderBreaks } from "../../../../src/cli/terminal/workflow/render-breaks.ts";
import type { Issue } from "../../../../src/contract/issue.ts";

const colors = pc.createColors(false);
const issue = (code: string, message: string): Issue => ({
  ...{ severity: "warning", path: "", line: null, column: null, suggestion: null },
  ...{ code, message },
});

test("workflows that a release breaks are told once each, with their steps", () => {
  const other = issue("no_description", "there is no description");
  const strange = issue("breaks_workflow", "something else");
  const { lines, others } = renderBreaks(
    [
      issue("breaks_workflow", "workflow a-b@1.0.0 would break with resize@2.0.0, step one: it has no input x"),
      other,
      issue("breaks_workflow", "workflow c@1.2.0 would break with resize@2.0.0, step far: a: b"),
      issue("breaks_workflow", "workflow a-b@1.0.0 would break with resize@2.0.0, step two: it needs y"),
      strange,
    ],
    colors,
  );
  expect(lines.slice(0, -1)).toEqual([
    "breaks 2 workflows whose selectors would take it:",
    "  a-b@1.0.0",
    "    step one: it has no input x",
    "    step two: it needs y",
    "  c@1.2.0",
    "    step far: a: b",
  ]);
  expect(others).toEqual([other, strange]);
  expect(renderBreaks([other], colors)).toEqual({ lines: [], others: [other] });
});
