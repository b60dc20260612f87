import { expect, it } from "vitest";
import { askJson } from "../http/a-registry.ts";
import { cancelRun, getRun, runOf } from "../http/a-run.ts";
import { anEdgeFunction } from "../http/an-edge-function.ts";
import { aTemplate } from "./a-pooled-run.ts";
import { TestRunner } from "./a-runner.ts";
import { aWorkflow, begunWorkflow, outputsOf, stepOf } from "./a-workflow-run.ts";
import { ended, untilStep } from "./a-workflow-wait.ts";

/** A template that only a runner of a pool of its own does, and that runner. */
async function aPooledSkill(pool: string) {
  const name = await aTemplate({ execution: { pool } });
  const { runner } = await TestRunner.connect({ pool, handlers: [name] });
  return { name, runner };
}

it("waits for a runner's result by an event, and goes on with it", async () => {
  const { name, runner } = await aPooledSkill("flow-waits");
  const workflow = await aWorkflow({
    steps: [{ id: "draw", skill: name, inputs: {} }],
    outputs: { drawn: "{{ steps.draw.outputs.result }}" },
  });
  const run = await begunWorkflow(workflow);
  const job = await runner.hear("job");
  expect(await getRun(job.run_id)).toMatchObject({ parent: { run: run.id, step: "draw" } });
  expect(stepOf(await untilStep(run.id, "draw", "running"), "draw")).toMatchObject({ run: job.run_id });
  runner.result(job, [{ result: "a fox" }]);
  expect(outputsOf(await ended(run.id))).toEqual({ drawn: "a fox" });
});

it("gives a step that is out of time up, and cancels the run that does it", async () => {
  const { name, runner } = await aPooledSkill("flow-late");
  const workflow = await aWorkflow({ steps: [{ id: "draw", skill: name, inputs: {}, timeout: "1s" }] });
  const run = await begunWorkflow(workflow);
  const job = await runner.hear("job");
  expect(await ended(run.id)).toMatchObject({ state: "failed", failure: { code: "timed_out" } });
  expect(await getRun(job.run_id)).toMatchObject({ state: "cancelled", cancelled_by: `workflow:${run.id}` });
});

it("is cancelled with all that it waits for, and begins nothing more", async () => {
  const { name, runner } = await aPooledSkill("flow-cancelled");
  const after = await anEdgeFunction({ body: "return { result: 1 };" });
  const workflow = await aWorkflow({
    steps: [
      { id: "draw", skill: name, inputs: {} },
      { id: "after", skill: after, inputs: { value: 1 } },
    ],
  });
  const run = await begunWorkflow(workflow);
  const job = await runner.hear("job");
  await untilStep(run.id, "draw", "running");
  const cancelled = await runOf(await cancelRun(run.id, { reason: "enough" }));
  expect(cancelled).toMatchObject({ state: "cancelled", reason: "enough" });
  expect(await runner.hear("cancel")).toMatchObject({ run_id: job.run_id });
  expect(await getRun(job.run_id)).toMatchObject({ state: "cancelled" });
  const later = await getRun(run.id);
  expect(later.steps?.map(({ path, state }) => [path, state])).toEqual([["draw", "cancelled"]]);
});

it("asks people, waits for the first answer, and gives what they said", async () => {
  const workflow = await aWorkflow({
    inputs: { what: { type: "string", required: true } },
    steps: [{ id: "ask", step_type: "approval", message: "Send {{ workflow.input.what }}?", on_reject: "continue" }],
    outputs: { sent: "{{ steps.ask.outputs.approved }}", by: "{{ steps.ask.outputs.by }}" },
  });
  const run = await begunWorkflow(workflow, { what: "the letters" });
  const asked = stepOf(await untilStep(run.id, "ask", "waiting"), "ask");
  expect(asked.approval).toMatchObject({ message: "Send the letters?", answer: null });
  const answered = await askJson("POST", `/v1/runs/${run.id}:approve`, { approved: false, comment: "not yet" });
  expect(answered.status, await answered.clone().text()).toBe(200);
  const run2 = await ended(run.id);
  expect(outputsOf(run2)).toEqual({ sent: false, by: "admin" });
  expect(stepOf(run2, "ask")).toMatchObject({
    state: "succeeded",
    approval: { answer: { approved: false, comment: "not yet" } },
  });
});
