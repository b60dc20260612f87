import { describe, expect, it } from "vitest";
import { aWorkflow, endOf, interpret } from "./a-run.ts";

describe("other workflows", () => {
  it("execute_workflow calls the workflow that its inputs name", async () => {
    const inputs = { workflow_id: "code-generation", version: "^1", inputs: { of: "{{ run.id }}" } };
    const { calls } = await interpret(aWorkflow([{ id: "a", skill: "execute_workflow", inputs }]));
    expect(calls).toMatchObject([
      { skill: "workflow/code-generation@^1", isChosenNow: false, inputs: { values: { of: "run-1" } } },
    ]);
  });

  const chosen = (input: object) =>
    interpret(
      aWorkflow([
        {
          id: "a",
          skill: "execute_workflow",
          inputs: { workflow_id: "{{ workflow.input.id }}", version: "^1", inputs: "{{ workflow.input.given }}" },
        },
      ]),
      { input: JSON.parse(JSON.stringify(input)) },
    );

  it("an expression chooses the workflow, and may give all of its inputs", async () => {
    const happened = await chosen({ id: "preview", given: { x: 1 } });
    expect(happened.calls).toMatchObject([
      { skill: "workflow/preview@^1", isChosenNow: true, inputs: { values: { x: 1 } } },
    ]);
  });

  it("an expression that names none, or gives inputs that are no map, fails the step", async () => {
    expect(endOf(await chosen({ id: 7, given: {} }))).toBe(
      "a expression_failed: inputs.workflow_id: it is a string, and this gives 7",
    );
    expect(endOf(await chosen({ id: "no such / name", given: {} }))).toMatch(
      /^a expression_failed: inputs\.workflow_id: .*cannot be a skill/,
    );
    expect(endOf(await chosen({ id: "{{ x }}", given: {} }))).toMatch(/^a expression_failed: inputs\.workflow_id: /);
    expect(endOf(await chosen({ id: "preview", given: [1] }))).toBe(
      "a expression_failed: inputs.inputs: inputs are a map, and this gives an array",
    );
  });
});
