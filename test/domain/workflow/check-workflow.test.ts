import { describe, expect, test } from "vitest";
import { limits } from "../../../src/contract/limits.ts";
import { documentOfValue } from "../../../src/domain/document/document-of-value.ts";
import { readDocument } from "../../../src/domain/document/read-document.ts";
import { type CheckedWorkflow, checkWorkflow, workflowHeader } from "../../../src/domain/workflow/check-workflow.ts";

const metadata = { id: "code-generation", name: "Code generation", version: "1.0.0", description: "Plans and builds." };

function check(parts: Record<string, unknown>, name: string | null = null): CheckedWorkflow {
  const { document } = documentOfValue({ metadata, steps: [{ id: "plan", skill: "plan" }], ...parts });
  if (document === null) throw new Error("the test's own document cannot be read");
  return checkWorkflow(document, { name });
}

function codesOf(parts: Record<string, unknown>): [string, string][] {
  return check(parts).issues.map((issue) => [issue.code, issue.path]);
}

describe("a workflow that is accepted", () => {
  test("comes out as it was written", () => {
    const parts = {
      inputs: { task: { type: "string", required: true } },
      steps: [
        { id: "plan", skill: "plan", inputs: { task: "{{ workflow.input.task }}", deep: [1, { x: null }] }, retry: 3 },
        { id: "both", step_type: "parallel", branches: { steps: [{ id: "build", skill: "build" }] } },
      ],
      outputs: { plan: "{{ steps.plan.outputs }}" },
      error_handling: { retry_count: 2 },
    };
    expect(check(parts)).toEqual({ issues: [], issueCount: 0, workflow: { metadata, ...parts } });
  });

  test("may have as many steps as the limit says, and not one more", () => {
    const steps = Array.from({ length: limits.workflowSteps + 1 }, (_, at) => ({ id: `s${at}`, skill: "plan" }));
    expect(codesOf({ steps: steps.slice(1) })).toEqual([]);
    expect(codesOf({ steps })).toEqual([["too_many", "/steps"]]);
  });

  test("may have as many inputs as the limit says, and as many outputs", () => {
    const names = Array.from({ length: limits.fields + 1 }, (_, at) => `n${at}`);
    const inputs = Object.fromEntries(names.map((name) => [name, { type: "string" }]));
    const outputs = Object.fromEntries(names.map((name) => [name, "text"]));
    expect(codesOf({ inputs, outputs })).toEqual([
      ["too_many", "/inputs"],
      ["too_many", "/outputs"],
    ]);
  });
});

describe("a workflow that is refused", () => {
  test("says another name than the one that it is published under", () => {
    expect(check({}, "other").issues[0]).toMatchObject({ code: "name_differs", path: "/metadata/id" });
    expect(check({}, "code-generation").issues).toEqual([]);
  });

  test("has no places where there is no source, and its findings all the same", () => {
    const { issues } = check({ steps: [{ id: "plan" }], step: [] });
    expect(issues.map(({ code, line, column }) => [code, line, column])).toEqual([
      ["unknown_key", null, null],
      ["missing_key", null, null],
    ]);
  });

  test("with nothing in it says both that is missing", () => {
    const { document } = readDocument("inputs: {}\n");
    if (document === null) throw new Error("the test's own document cannot be read");
    const { issues } = checkWorkflow(document, { name: null });
    expect(issues.map(({ code, path, line }) => [code, path, line])).toEqual([
      ["missing_key", "/metadata", 1],
      ["missing_key", "/steps", 1],
    ]);
    expect(workflowHeader(document)).toEqual({ id: null, version: null });
  });

  test("counts more findings than it tells", () => {
    const steps = Array.from({ length: limits.issues + 50 }, (_, at) => ({ id: `s${at}`, skil: "plan" }));
    const { issues, issueCount, workflow } = check({ steps });
    expect([issues.length, issueCount, workflow]).toEqual([limits.issues, 2 * steps.length, null]);
  });
});

test("a header is read whatever else is wrong", () => {
  const { document } = readDocument('metadata: { id: flow, version: "1" }\nsteps: 3\n');
  if (document === null) throw new Error("the test's own document cannot be read");
  expect(workflowHeader(document)).toEqual({ id: "flow", version: "1" });
});
