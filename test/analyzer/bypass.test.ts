import { describe, expect, test } from "vitest";
import { readPage, readTricks, withTable } from "../../scripts/bypass-table.ts";
import { loadAnalyzer } from "../../src/analyzer/node/load-analyzer.ts";

const analyze = await loadAnalyzer();
const tricks = readTricks();

// That the sandbox contains each of them is shown by runner/tests/test_bypass.py.
describe("ways past a source check", () => {
  test("there are some of each kind", () => {
    const wants = new Set(tricks.map((trick) => trick.wants));
    expect([...wants].sort()).toEqual(["code", "environment", "file", "network", "process"]);
    expect(tricks.length).toBeGreaterThanOrEqual(45);
  });

  test.each(tricks.map((trick) => [trick.name, trick] as const))(
    "analysis says of %s what its head says",
    (_, trick) => {
      const found = analyze({ language: "python", text: trick.text, file: `${trick.name}.py` });
      const errors = found.issues.filter((issue) => issue.severity === "error");
      const codes = [...new Set(errors.map((issue) => issue.code))].join(", ");
      expect(codes || "accepted").toBe(trick.analysis);
      // What is not refused is a function like any other, so that running it is fair.
      if (codes === "") expect(found.functions.map(({ id }) => id)).toEqual(["python.trick"]);
    },
  );

  test("the table in docs/functions.md is current", () => {
    const page = readPage();
    expect(withTable(page, tricks), "run `node scripts/bypass-table.ts`").toBe(page);
  });
});
