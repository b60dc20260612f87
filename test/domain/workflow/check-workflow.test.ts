import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { documentOfValue } from "../../../src/domain/document/document-of-value.ts";
import { readDocument } from "../../../src/domain/document/read-document.ts";
import { type CheckedWorkflow, checkWorkflow, workflowHeader } from "../../../src/domain/workflow/check-workflow.ts";

const metadata = { id: "code-generation", name: "Code generation", version: "1.0.0", description: "Plans and builds." };

/** A workflow that is accepted; a test states only what matters to it. */
function aWorkflow(parts: Record<string, unknown> = {}): Record<string, unknown> {
  return { metadata, steps: [{ id: "plan", skill: "plan" }], ...parts };
}

function check(parts: Record<string, unknown>, name: string | null = null): CheckedWorkflow {
  const { document } = documentOfValue(aWorkflow(parts));
  if (document === null) throw new Error("the test's own document cannot be read");
  return checkWorkflow(document, { name });
}

function findingsOf(parts: Record<string, unknown>): [string, string][] {
  return check(parts).issues.map((issue) => [issue.code, issue.path]);
}

describe("a workflow that is accepted", () => {
  test("keeps what its steps say, and branches of every kind", () => {
    const steps = [
      { id: "plan", skill: "plan", inputs: { task: "{{ workflow.input.task }}" }, retry: 3 },
      { id: "both", step_type: "parallel", branches: { steps: [{ id: "build" }, { id: "test" }] } },
      { id: "ask", step_type: "conditional", condition: "true", branches: { if_true: [{ id: "yes" }], if_false: [] } },
      { id: "pick", step_type: "switch", branches: { case: [{ id: "a" }], cases: { b: [{ id: "c" }] }, default: [] } },
      { id: "each", step_type: "map", branches: { over: [1, 2], as: "n", steps: [{ id: "one" }] } },
      { id: "each_too", step_type: "map", over: [1], steps: [{ id: "two" }] },
    ];
    const { issues, workflow } = check({
      steps,
      inputs: { task: { type: "string" } },
      error_handling: { retry_count: 2 },
    });
    expect(issues).toEqual([]);
    expect(workflow?.steps).toEqual(steps);
  });

  test("without a description has a warning", () => {
    const { description: _, ...rest } = metadata;
    expect(findingsOf({ metadata: rest })).toEqual([["no_description", "/metadata/description"]]);
    expect(check({ metadata: rest }).workflow).not.toBeNull();
  });
});

describe("a workflow that is refused", () => {
  test.each([
    ["metadata that is a list", { metadata: [] }, "wrong_type", "/metadata"],
    ["no id", { metadata: { ...metadata, id: null } }, "wrong_type", "/metadata/id"],
    ["a bad id", { metadata: { ...metadata, id: "Code Generation" } }, "bad_form", "/metadata/id"],
    ["a bad version", { metadata: { ...metadata, version: "1" } }, "bad_form", "/metadata/version"],
    ["an empty name", { metadata: { ...metadata, name: "" } }, "too_short", "/metadata/name"],
    ["steps that are a map", { steps: { plan: {} } }, "wrong_type", "/steps"],
    ["no steps", { steps: [] }, "too_few", "/steps"],
    ["a step that is text", { steps: ["plan"] }, "wrong_type", "/steps/0"],
    ["a step without id", { steps: [{ skill: "plan" }] }, "missing_key", "/steps/0/id"],
    ["a step's id in capitals", { steps: [{ id: "Plan" }] }, "bad_form", "/steps/0/id"],
    ["two steps of one id", { steps: [{ id: "a" }, { id: "a" }] }, "step_duplicate", "/steps/1/id"],
    [
      "an id that stands in a branch already",
      { steps: [{ id: "a", branches: { cases: { x: [{ id: "b", steps: [{ id: "a" }] }] } } }] },
      "step_duplicate",
      "/steps/0/branches/cases/x/0/steps/0/id",
    ],
    ["inputs that are a list", { inputs: [] }, "wrong_type", "/inputs"],
    ["a key that nothing reads", { step: [] }, "unknown_key", "/step"],
  ])("%s", (_, parts, code, path) => {
    expect(findingsOf(parts)).toEqual([[code, path]]);
    expect(check(parts).workflow).toBeNull();
  });

  test("says what was meant by a key, a version, a name", () => {
    expect(check({ eror_handling: {} }).issues[0]?.suggestion).toBe("did you mean error_handling?");
    expect(check({ metadata: { ...metadata, version: 2 } }).issues[0]?.suggestion).toBe('write "2.0.0"');
    expect(check({}, "other").issues[0]).toMatchObject({ code: "name_differs", path: "/metadata/id" });
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
});

test("whatever a document holds, checking ends, and a workflow comes out exactly when there is no error", () => {
  const keys = fc.constantFrom("id", "steps", "branches", "metadata", "version", "name", "over", "constructor");
  const tree = fc.letrec((tie) => ({
    value: fc.oneof(
      fc.string(),
      fc.constantFrom("plan", "1.0.0"),
      fc.integer(),
      fc.constant(null),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(keys, tie("value"), { maxKeys: 5 }),
    ),
  })).value;
  fc.assert(
    fc.property(fc.dictionary(keys, tree), fc.boolean(), (parts, isWhole) => {
      const { document } = documentOfValue(isWhole ? aWorkflow(parts) : parts);
      if (document === null) return;
      const { workflow, issues } = checkWorkflow(document, { name: null });
      expect(workflow === null).toBe(issues.some((issue) => issue.severity === "error"));
    }),
  );
});
