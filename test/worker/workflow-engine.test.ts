import { expect, it } from "vitest";
import { entity } from "../../src/contract/entity/entity.ts";
import { ask } from "../http/a-registry.ts";
import { getRun } from "../http/a-run.ts";
import { anEdgeFunction } from "../http/an-edge-function.ts";
import { aWorkflow, outputsOf, stepOf, workflowRun } from "./a-workflow-run.ts";

async function entityOf(id: string | null | undefined) {
  return entity.parse(await (await ask("GET", `/v1/entities/${id}`)).json());
}

it("does steps in turn, each as a run of its own whose values know where they came from", async () => {
  const increase = await anEdgeFunction({ body: "return { result: inputs.value + 1 };" });
  const name = await aWorkflow({
    inputs: { start: { type: "integer", required: true } },
    steps: [
      { id: "first", skill: increase, inputs: { value: "{{ workflow.input.start }}" } },
      { id: "second", skill: increase, inputs: { value: "{{ steps.first.outputs.result }}" } },
      { id: "third", skill: increase, inputs: { value: "{{ steps.second.outputs.result * 10 }}" } },
    ],
    outputs: {
      all: "{{ [steps.first.outputs.result, steps.third.outputs.result] }}",
      last: "{{ steps.third.outputs.result }}",
    },
  });
  const run = await workflowRun(name, { start: 1 });
  expect(outputsOf(run)).toEqual({ all: [2, 31], last: 31 });
  expect(run.steps?.map(({ path, state }) => [path, state])).toEqual([
    ["first", "succeeded"],
    ["second", "succeeded"],
    ["third", "succeeded"],
  ]);
  const [first, second, third] = ["first", "second", "third"].map((path) => stepOf(run, path));
  const child = await getRun(second?.run ?? "");
  expect(child).toMatchObject({
    state: "succeeded",
    name: increase,
    parent: { run: run.id, step: "second" },
    pool: "edge",
  });
  expect(child.input_entity).toBe(second?.input_entity);
  expect((await entityOf(first?.input_entity)).attribute_source).toEqual({ value: `@${run.input_entity}.start` });
  expect((await entityOf(second?.input_entity)).attribute_source).toEqual({ value: `@${first?.output_entity}.result` });
  expect((await entityOf(third?.input_entity)).attribute_source).toEqual({ value: null });
  const output = run.state === "succeeded" ? run.outputs[0]?.entity : null;
  expect(await entityOf(output)).toMatchObject({
    attribute_source: { last: `@${third?.output_entity}.result`, all: [null, null] },
    derived_from_run: run.id,
  });
  const lineage = await (await ask("GET", `/v1/entities/${output}/lineage?direction=ancestors&depth=20`)).text();
  for (const known of [run.input_entity, first?.output_entity, second?.output_entity, third?.output_entity]) {
    expect(lineage).toContain(known);
  }
});

it("does the items of a map at the same time, and gives their results in order", async () => {
  const square = await anEdgeFunction({ body: "return { result: inputs.value * inputs.value };" });
  const name = await aWorkflow({
    inputs: { numbers: { type: "array", items: { type: "integer" }, required: true } },
    steps: [
      {
        id: "each",
        step_type: "map",
        branches: {
          over: "{{ workflow.input.numbers }}",
          max_concurrency: 3,
          steps: [{ id: "square", skill: square, inputs: { value: "{{ item }}" } }],
        },
      },
    ],
    outputs: { squares: "{{ steps.each.outputs.map(one, one.result) }}" },
  });
  const run = await workflowRun(name, { numbers: [1, 2, 3, 4, 5] });
  expect(outputsOf(run)).toEqual({ squares: [1, 4, 9, 16, 25] });
  expect(stepOf(run, "each")).toMatchObject({ items: 5, state: "succeeded" });
  expect((await entityOf(stepOf(run, "each[3]/square").input_entity)).attribute_source).toEqual({
    value: `@${run.input_entity}.numbers[3]`,
  });
});

it("fails with the step that failed, and says why the others were skipped", async () => {
  const broken = await anEdgeFunction({ body: "throw new Error('no more paper');" });
  const name = await aWorkflow({
    steps: [
      { id: "print", skill: broken, inputs: { value: 1 } },
      { id: "post", skill: broken, inputs: { value: 2 } },
    ],
  });
  const run = await workflowRun(name);
  expect(run).toMatchObject({ state: "failed", failure: { code: "handler_error" } });
  expect(stepOf(run, "print")).toMatchObject({ state: "failed", failure: { code: "handler_error" } });
  expect(stepOf(run, "post")).toMatchObject({ state: "skipped", run: null });
  expect(stepOf(run, "post").reason).toContain("print");
});

it("runs another workflow as a step and waits for what it gives", async () => {
  const increase = await anEdgeFunction({ body: "return { result: inputs.value + 1 };" });
  const inner = await aWorkflow({
    inputs: { value: { type: "integer", required: true } },
    steps: [{ id: "add", skill: increase, inputs: { value: "{{ workflow.input.value }}" } }],
    outputs: { sum: "{{ steps.add.outputs.result }}" },
  });
  const outer = await aWorkflow({
    steps: [
      { id: "inside", skill: `workflow/${inner}`, inputs: { value: 4 } },
      {
        id: "chosen",
        skill: "execute_workflow",
        inputs: {
          workflow_id: `{{ size(run.id) > 0 ? '${inner}' : 'none' }}`,
          inputs: { value: "{{ steps.inside.outputs.sum }}" },
        },
      },
    ],
    outputs: { sum: "{{ steps.chosen.outputs.sum }}" },
  });
  const run = await workflowRun(outer);
  expect(outputsOf(run)).toEqual({ sum: 6 });
  const child = await getRun(stepOf(run, "inside").run ?? "");
  expect(child).toMatchObject({
    kind: "workflow",
    name: inner,
    state: "succeeded",
    parent: { run: run.id, step: "inside" },
  });
  expect(child.steps?.map(({ path }) => path)).toEqual(["add"]);
});
