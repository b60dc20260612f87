import { expect, test } from "vitest";
import { interfaceOfWorkflow } from "../../../src/domain/workflow/skill-interface.ts";
import { checkText } from "./read-corpus.ts";

const head = "metadata: { id: flow, name: Flow, version: 1.0.0, description: Flows. }\nsteps: [{ id: a, skill: b }]\n";

function interfaceOf(rest: string) {
  const { workflow, issues } = checkText(head + rest);
  expect(issues).toEqual([]);
  if (workflow === null) throw new Error("the test's own workflow is refused");
  return interfaceOfWorkflow(workflow);
}

test("a workflow that declares nothing says nothing of itself as a skill", () => {
  expect(interfaceOf("")).toEqual({ inputs: null, outputs: null });
  expect(interfaceOf("inputs: {}\noutputs: {}\n")).toEqual({ inputs: {}, outputs: {} });
});

test("outputs with a type have it, and any type without", () => {
  const outputs =
    'outputs: { text: "{{ steps.a.outputs.t }}", count: { type: integer, min: 1, value: "{{ steps.a.outputs.n }}" } }\n';
  expect(interfaceOf(`inputs: { x: { type: string, required: true } }\n${outputs}`)).toEqual({
    inputs: { x: { type: "string", required: true } },
    outputs: { text: { type: "any", required: true }, count: { type: "integer", min: 1, required: true } },
  });
});
