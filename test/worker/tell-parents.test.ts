import { env } from "cloudflare:test";
import { v7 } from "uuid";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { InstanceEvent } from "../../src/bindings/workflow/workflow-instances.ts";
import { childEnd } from "../../src/contract/workflow/child-end.ts";
import { failUndelivered } from "../../src/operations/run/fail-undelivered.ts";
import { tellParents } from "../../src/operations/run/tell-parents.ts";
import { runnerPoolsOf } from "../../src/worker/runner-pools.ts";
import { workflowInstancesOf } from "../../src/worker/workflow-instances.ts";
import { aStandingRun } from "../bindings/d1/a-standing-run.ts";
import { getRun } from "../http/a-run.ts";
import { aTemplate } from "./a-pooled-run.ts";
import { keyOf, TestRunner } from "./a-runner.ts";
import { aWorkflow, outputsOf, runOfPool, stepOf } from "./a-workflow-run.ts";

beforeEach(() => {
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** Instances that write down what they are told. */
function listening(answer: (event: InstanceEvent) => boolean = () => true) {
  const told: { runId: string; event: InstanceEvent }[] = [];
  const tell = async (runId: string, event: InstanceEvent) => {
    told.push({ runId, event });
    return answer(event);
  };
  return { told, needs: { db: env.DB, workflows: { ...workflowInstancesOf(env), tell } } };
}

async function isTold(runId: string): Promise<boolean> {
  const row = await env.DB.prepare("SELECT parent_told FROM run WHERE id = ?")
    .bind(runId)
    .first<{ parent_told: number }>();
  return row?.parent_told === 1;
}

async function aChild(state: "running" | "failed" | "cancelled", parentState: "running" | "failed" = "running") {
  const parent = await aStandingRun({ state: parentState });
  const id = await aStandingRun({ kind: "template", state, parent: { run: parent, step: "a" } });
  return { parent, id };
}

it("a workflow is told once how the run of its step ended", async () => {
  const { told, needs } = listening();
  const { parent, id } = await aChild("failed");
  expect(await tellParents(needs, id)).toBe(1);
  expect(await tellParents(needs, id)).toBe(0);
  expect(told.map(({ runId, event }) => [runId, event.type])).toEqual([[parent, `run-${id}`]]);
  expect(childEnd.parse(told[0]?.event.payload)).toMatchObject({
    state: "failed",
    entity: null,
    failure: { code: "process_died" },
  });
  expect(await isTold(id)).toBe(true);
});

it("runs that go on, that do no step, or are not there are passed over", async () => {
  const { told, needs } = listening();
  const { id } = await aChild("running");
  expect(await tellParents(needs, [id, v7(), await aStandingRun({ kind: "template", state: "failed" })])).toBe(0);
  expect([told, await isTold(id)]).toEqual([[], false]);
});

it("a workflow that has ended is told nothing, and its runs are done with", async () => {
  const { told, needs } = listening();
  const { id } = await aChild("cancelled", "failed");
  expect(await tellParents(needs, [id])).toBe(1);
  expect([told, await isTold(id)]).toEqual([[], true]);
});

it("one that cannot be told is not taken for told, and keeps no other from it", async () => {
  const children = await Promise.all(Array.from({ length: 30 }, () => aChild("cancelled")));
  const [deaf, silent] = children;
  const { needs } = listening(({ type }) => {
    if (type === `run-${deaf?.id}`) throw new Error("no line");
    return type !== `run-${silent?.id}`;
  });
  expect(
    await tellParents(
      needs,
      children.map(({ id }) => id),
    ),
  ).toBe(28);
  const untold = await Promise.all(children.map(async ({ id }) => ((await isTold(id)) ? [] : [id])));
  expect(untold.flat().toSorted()).toEqual([deaf?.id, silent?.id].toSorted());
});

async function aStepAtWork(pool: string) {
  const template = await aTemplate();
  const { runner } = await TestRunner.connect({ pool, handlers: [template] });
  const run = await runOfPool(
    await aWorkflow({
      steps: [
        { id: "a", skill: template },
        { id: "b", skill: template },
      ],
    }),
    pool,
  );
  return { run, runner, job: await runner.hear("job") };
}

it("a workflow goes on as soon as a runner has done its step", async () => {
  const { run, runner, job } = await aStepAtWork("tell.done");
  runner.started(job);
  runner.result(job);
  const second = await runner.hear("job");
  expect(second.run_id).not.toBe(job.run_id);
  runner.started(second);
  runner.result(second);
  await vi.waitFor(async () => expect((await getRun(run.id)).state).toBe("succeeded"), 20_000);
  const done = await getRun(run.id);
  expect(outputsOf(done)).toEqual({ result: "done" });
  expect(stepOf(done, "a")).toMatchObject({ state: "succeeded", run: job.run_id });
  await vi.waitFor(async () => expect([await isTold(job.run_id), await isTold(second.run_id)]).toEqual([true, true]));
});

it("a workflow fails when a runner says that its step cannot be done", async () => {
  const { run, runner, job } = await aStepAtWork("tell.failed");
  runner.started(job);
  runner.say({
    type: "failure",
    ...keyOf(job),
    class: "permanent",
    code: "handler_missing",
    message: "there is none",
    detail: null,
  });
  await vi.waitFor(async () => expect((await getRun(run.id)).state).toBe("failed"), 20_000);
  expect(await getRun(run.id)).toMatchObject({ failure: { code: "handler_missing" } });
  await vi.waitFor(async () => expect(await isTold(job.run_id)).toBe(true));
});

it("a workflow fails when its step's run cannot be delivered", async () => {
  const template = await aTemplate();
  const run = await runOfPool(await aWorkflow({ steps: [{ id: "a", skill: template }] }), "tell.nobody");
  await vi.waitFor(async () => expect(stepOf(await getRun(run.id), "a").run).not.toBeNull(), 10_000);
  const child = stepOf(await getRun(run.id), "a").run ?? "";
  const needs = { db: env.DB, blobs: env.BLOBS, pools: runnerPoolsOf(env), workflows: workflowInstancesOf(env) };
  const why = { message: "the queue gave it up", detail: "many times" };
  expect(await failUndelivered({ ...needs, now: () => new Date() }, child, why)).toBe(true);
  await vi.waitFor(async () => expect((await getRun(run.id)).state).toBe("failed"), 20_000);
  expect(await getRun(run.id)).toMatchObject({ failure: { code: "undeliverable" } });
});
