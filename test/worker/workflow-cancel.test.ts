import { env } from "cloudflare:test";
import { afterEach, expect, it, vi } from "vitest";
import { loadWorkflowRun } from "../../src/bindings/d1/workflow/workflow-run-rows.ts";
import { runPage } from "../../src/contract/http/runs.ts";
import { isFinal } from "../../src/contract/run/run-state.ts";
import { ask, refusalOf } from "../http/a-registry.ts";
import { cancelRun, getRun, runOf } from "../http/a-run.ts";
import { anEdgeFunction } from "../http/an-edge-function.ts";
import { pageOf, readStream, statesOf, stream } from "../http/an-event-stream.ts";
import { aTemplate } from "./a-pooled-run.ts";
import { poolStub, TestRunner } from "./a-runner.ts";
import { aWorkflow, begunWorkflow, outputsOf, runOfPool, stepOf, workflowRun } from "./a-workflow-run.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

async function childrenOf(runId: string) {
  return runPage.parse(await (await ask("GET", `/v1/runs?parent=${runId}`)).json()).items;
}

/** A run whose one step a runner has. */
async function aRunAtWork(pool: string) {
  const template = await aTemplate();
  const { runner } = await TestRunner.connect({ pool, handlers: [template] });
  const name = await aWorkflow({
    steps: [
      { id: "work", skill: template },
      { id: "after", skill: template },
    ],
  });
  const run = await runOfPool(name, pool);
  const job = await runner.hear("job");
  return { run, runner, job, name, template };
}

it("a run that is cancelled takes its step and that step's job with it, and all who listen hear", async () => {
  const { run, runner, job } = await aRunAtWork("cancel.flow");
  runner.started(job);
  await vi.waitFor(async () => expect(stepOf(await getRun(run.id), "work").run).toBe(job.run_id), 10_000);
  const heard = readStream(await stream(run.id));
  const cancelled = await runOf(await cancelRun(run.id, { reason: "wrong picture" }));
  expect(cancelled).toMatchObject({ state: "cancelled", cancelled_by: "admin", reason: "wrong picture" });
  expect(stepOf(cancelled, "work")).toMatchObject({ state: "cancelled", run: job.run_id });
  expect(stepOf(cancelled, "work").reason).toContain("wrong picture");
  expect(cancelled.steps?.map(({ path }) => path)).toEqual(["work"]);
  expect(await runner.hear("cancel")).toMatchObject({ run_id: job.run_id });
  expect(await getRun(job.run_id)).toMatchObject({ state: "cancelled", parent: { run: run.id, step: "work" } });
  const events = await heard;
  expect(statesOf(events).at(-1)).toBe("cancelled");
  expect(events.some((event) => event.type === "step" && event.step.state === "cancelled")).toBe(true);
  expect((await pageOf(run.id, "?limit=100")).events).toEqual(events);
  expect((await loadWorkflowRun(env.DB, run.id))?.settled).toBe(1);
  const again = await runOf(await cancelRun(run.id, { reason: "once more" }));
  expect(again).toEqual(cancelled);
});

it("a run of a workflow that is called is cancelled with its caller, and so is what it waits for", async () => {
  const template = await aTemplate();
  const { runner } = await TestRunner.connect({ pool: "cancel.deep", handlers: [template] });
  const inner = await aWorkflow({ steps: [{ id: "work", skill: template }] });
  const middle = await aWorkflow({ steps: [{ id: "inner", skill: `workflow/${inner}` }] });
  const outer = await aWorkflow({ steps: [{ id: "middle", skill: `workflow/${middle}` }] });
  const run = await runOfPool(outer, "cancel.deep");
  const job = await runner.hear("job");
  await runOf(await cancelRun(run.id));
  expect(await runner.hear("cancel")).toMatchObject({ run_id: job.run_id });
  let id = run.id;
  for (let depth = 0; depth < 3; depth++) {
    const [child, ...others] = await childrenOf(id);
    if (child === undefined) throw new Error(`run ${id} has no child`);
    expect([others, child.state]).toEqual([[], "cancelled"]);
    expect((await loadWorkflowRun(env.DB, id))?.settled).toBe(1);
    id = child.id;
  }
  expect(id).toBe(job.run_id);
});

it("a run that waits for an approval can be cancelled, and takes no answer then", async () => {
  const name = await aWorkflow({ steps: [{ id: "ok", step_type: "approval", message: "Go on?" }] });
  const run = await begunWorkflow(name);
  await vi.waitFor(async () => expect(stepOf(await getRun(run.id), "ok").state).toBe("waiting"), 10_000);
  const cancelled = await runOf(await cancelRun(run.id));
  expect(stepOf(cancelled, "ok")).toMatchObject({ state: "cancelled" });
  const late = await ask("POST", `/v1/runs/${run.id}:approve`, {
    body: JSON.stringify({ approved: true }),
    type: "application/json",
  });
  expect((await refusalOf(late, 409)).code).toBe("RUN_ENDED");
});

it("a step's run that somebody cancels fails its step", async () => {
  const { run, job } = await aRunAtWork("cancel.step");
  await runOf(await cancelRun(job.run_id, { reason: "it takes too long" }));
  await vi.waitFor(async () => expect((await getRun(run.id)).state).toBe("failed"), 20_000);
  const failed = await getRun(run.id);
  expect(failed).toMatchObject({ failure: { code: "cancelled" } });
  expect(stepOf(failed, "work").failure?.message).toContain("it takes too long");
  expect(stepOf(failed, "after").state).toBe("skipped");
});

it("a run that ends while it is cancelled ends once, and nothing of it stays open", async () => {
  const increase = await anEdgeFunction({ body: "return { result: inputs.value + 1 };" });
  const add = (id: string, from: string) => ({ id, skill: increase, inputs: { value: from } });
  const name = await aWorkflow({
    steps: [add("a", "{{ 1 }}"), add("b", "{{ steps.a.outputs.result }}"), add("c", "{{ steps.b.outputs.result }}")],
  });
  for (let at = 0; at < 12; at++) {
    const { id } = await begunWorkflow(name);
    await scheduler.wait(at * 12);
    const answer = await cancelRun(id);
    expect([200, 409]).toContain(answer.status);
    await answer.body?.cancel();
    await vi.waitFor(async () => expect((await loadWorkflowRun(env.DB, id))?.settled).toBe(1), 10_000);
    const run = await getRun(id);
    expect(isFinal(run.state)).toBe(true);
    expect((await childrenOf(id)).filter(({ state }) => !isFinal(state))).toEqual([]);
    expect(run.steps?.filter(({ state }) => state === "running" || state === "waiting")).toEqual([]);
    const { events, ended } = await pageOf(id, "?limit=100");
    expect([ended, statesOf(events).at(-1)]).toEqual([true, run.state]);
  }
});

it("nothing begins any more for a run that was cancelled, wherever its instance was", async () => {
  const template = await aTemplate();
  const name = await aWorkflow({ steps: [{ id: "work", skill: template }] });
  for (let at = 0; at < 10; at++) {
    const run = await runOfPool(name, "cancel.early");
    await scheduler.wait(at * 15);
    await runOf(await cancelRun(run.id));
    await scheduler.wait(200);
    expect((await childrenOf(run.id)).filter(({ state }) => !isFinal(state))).toEqual([]);
    const held = (await childrenOf(run.id)).map(({ id }) => id);
    expect(await poolStub("cancel.early").holds(held)).toEqual([]);
  }
});

it("a run that has ended cannot be cancelled", async () => {
  const increase = await anEdgeFunction({ body: "return { result: inputs.value + 1 };" });
  const run = await workflowRun(await aWorkflow({ steps: [{ id: "a", skill: increase, inputs: { value: 1 } }] }));
  expect(outputsOf(run)).toEqual({ result: 2 });
  expect((await refusalOf(await cancelRun(run.id), 409)).code).toBe("RUN_ENDED");
});
