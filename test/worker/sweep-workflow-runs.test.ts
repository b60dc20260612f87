import { createExecutionContext, env, waitOnExecutionContext } from "cloudflare:test";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { commitCancel } from "../../src/bindings/d1/run/commit-cancel.ts";
import { loadRunRow } from "../../src/bindings/d1/run/run-row.ts";
import { giveAnswer } from "../../src/bindings/d1/workflow/step-answers.ts";
import { writeSteps } from "../../src/bindings/d1/workflow/step-rows.ts";
import { loadWorkflowRun } from "../../src/bindings/d1/workflow/workflow-run-rows.ts";
import type { Run } from "../../src/contract/run/run.ts";
import { createApp } from "../../src/http/app.ts";
import { sweepRuns } from "../../src/operations/run/sweep-runs.ts";
import type { SettleNeeds } from "../../src/operations/workflow-run/settle-run.ts";
import { sweepWorkflowRuns } from "../../src/operations/workflow-run/sweep-workflow-runs.ts";
import { runFeedsOf } from "../../src/worker/run-feeds.ts";
import { runnerPoolsOf } from "../../src/worker/runner-pools.ts";
import { wireRequest } from "../../src/worker/wire-request.ts";
import { workflowInstancesOf } from "../../src/worker/workflow-instances.ts";
import { aStandingRun, aStep } from "../bindings/d1/a-standing-run.ts";
import { adminToken } from "../http/a-registry.ts";
import { getRun, runOf } from "../http/a-run.ts";
import { anEdgeFunction } from "../http/an-edge-function.ts";
import { broken } from "./a-broken-env.ts";
import { aTemplate } from "./a-pooled-run.ts";
import { poolStub, TestRunner } from "./a-runner.ts";
import { aWorkflow, begunWorkflow, runOfPool, stepOf } from "./a-workflow-run.ts";

const instances = workflowInstancesOf(env);
const needs: SettleNeeds = {
  db: env.DB,
  pools: runnerPoolsOf(env),
  gpuJobs: env.GPU_JOBS,
  workflows: instances,
  feeds: runFeedsOf(env),
  now: () => new Date(),
};
const nothing = { workflows_started: 0, workflows_settled: 0, answers_told: 0, ends_told: 0 };

function sweep(gone: Partial<SettleNeeds> = {}, seconds = 40) {
  return sweepWorkflowRuns({ ...needs, ...gone }, new Date(Date.now() + seconds * 1000));
}

beforeEach(() => {
  for (const level of ["error", "warn"] as const) vi.spyOn(console, level).mockImplementation(() => undefined);
});
afterEach(() => {
  vi.restoreAllMocks();
});

async function untilState(id: string, state: Run["state"]): Promise<Run> {
  await vi.waitFor(async () => expect((await getRun(id)).state).toBe(state), 20_000);
  return getRun(id);
}

/** A run that was recorded by a Worker that died before it could start the instance. */
async function aLostRun(name: string): Promise<string> {
  const request = new Request(`http://localhost/v1/workflows/${name}/runs`, {
    method: "POST",
    headers: { Authorization: `Bearer ${adminToken}`, "Content-Type": "application/json" },
    body: JSON.stringify({ inputs: {} }),
  });
  const ctx = createExecutionContext();
  const gone = { ...wireRequest(env, ctx, request), workflows: broken(instances) };
  const { id } = await runOf(await createApp().fetch(request, gone, ctx), 202);
  await waitOnExecutionContext(ctx);
  return id;
}

async function aWaitingRun(): Promise<string> {
  const { id } = await begunWorkflow(
    await aWorkflow({ steps: [{ id: "ok", step_type: "approval", message: "Go on?" }] }),
  );
  await vi.waitFor(async () => expect(stepOf(await getRun(id), "ok").state).toBe("waiting"), 10_000);
  return id;
}

const answer = { approved: true, by: "ann", comment: null, at: new Date().toISOString() };

it("a run whose instance was never started is started", async () => {
  const increase = await anEdgeFunction({ body: "return { result: inputs.value + 1 };" });
  const id = await aLostRun(await aWorkflow({ steps: [{ id: "a", skill: increase, inputs: { value: 1 } }] }));
  expect(await getRun(id)).toMatchObject({
    state: "queued",
    waiting: { why: "not_offered", message: "it is recorded; its instance is being started" },
  });
  expect(await sweep({}, 0)).toEqual(nothing);
  expect(await sweep()).toEqual({ ...nothing, workflows_started: 1 });
  await untilState(id, "succeeded");
  expect(await sweep()).toEqual(nothing);
});

it("a run whose instance broke off is begun anew, and its answer is still heard", async () => {
  const id = await aWaitingRun();
  await instances.stop(id);
  expect(await sweep()).toEqual({ ...nothing, workflows_started: 1 });
  await giveAnswer(env.DB, { runId: id, path: "ok", answer });
  await vi.waitFor(async () => {
    await sweep();
    expect((await getRun(id)).state).toBe("succeeded");
  }, 20_000);
});

it("an answer that the instance did not hear is told again", async () => {
  const id = await aWaitingRun();
  await giveAnswer(env.DB, { runId: id, path: "ok", answer });
  expect(await sweep({}, 0)).toEqual(nothing);
  expect(await sweep()).toEqual({ ...nothing, answers_told: 1 });
  await untilState(id, "succeeded");
});

it("the end of a step's run that its workflow did not hear of is told again", async () => {
  const pool = "sweep.told";
  const template = await aTemplate();
  const { runner } = await TestRunner.connect({ pool, handlers: [template] });
  const { id } = await runOfPool(await aWorkflow({ steps: [{ id: "work", skill: template }] }), pool);
  const job = await runner.hear("job");
  await commitCancel(env.DB, { runId: job.run_id, by: "admin", reason: "lost", at: new Date().toISOString() });
  expect(await sweep({ workflows: broken(instances, ["tell"]) })).toEqual(nothing);
  expect(await sweep()).toEqual({ ...nothing, ends_told: 1 });
  expect(await untilState(id, "failed")).toMatchObject({ failure: { code: "cancelled" } });
  await vi.waitFor(async () => expect((await loadWorkflowRun(env.DB, id))?.settled).toBe(1), 10_000);
  expect(await sweep()).toEqual(nothing);
});

it("an end that did not reach all whom it concerns is brought to them", async () => {
  const pool = "sweep.settled";
  const template = await aTemplate();
  const { runner } = await TestRunner.connect({ pool, handlers: [template] });
  const { id } = await runOfPool(await aWorkflow({ steps: [{ id: "work", skill: template }] }), pool);
  const job = await runner.hear("job");
  await vi.waitFor(async () => expect(stepOf(await getRun(id), "work").run).toBe(job.run_id), 10_000);
  await commitCancel(env.DB, { runId: id, by: "admin", reason: "crash", at: new Date().toISOString() });
  expect(await sweep({}, 0)).toEqual(nothing);
  const ended = needs.feeds(id).awaitEnd(20_000);
  const gone = { feeds: (runId: string) => broken(needs.feeds(runId), ["end"]) };
  expect(await sweep(gone)).toEqual(nothing);
  expect((await loadWorkflowRun(env.DB, id))?.settled).toBe(0);
  expect(await sweep()).toEqual({ ...nothing, workflows_settled: 1 });
  expect(await ended).toBe(true);
  expect(await runner.hear("cancel")).toMatchObject({ run_id: job.run_id });
  expect(await loadRunRow(env.DB, job.run_id)).toMatchObject({ state: "cancelled", parent_run: id });
  expect(stepOf(await getRun(id), "work")).toMatchObject({ state: "cancelled" });
  expect(await sweep()).toEqual(nothing);
});

it("one that fails keeps no other from being done", async () => {
  const ids = await Promise.all(
    Array.from({ length: 5 }, () => aStandingRun({ state: "failed", since: "2026-01-01T00:00:01.000Z" })),
  );
  const [bad, ...good] = ids.toSorted();
  await writeSteps(env.DB, bad ?? "", [aStep("a", { state: "failed" })]);
  const feeds = (runId: string) => (runId === bad ? broken(needs.feeds(runId)) : needs.feeds(runId));
  expect(await sweep({ feeds })).toEqual({ ...nothing, workflows_settled: 4 });
  for (const id of good) expect((await loadWorkflowRun(env.DB, id))?.settled).toBe(1);
  expect(await sweep()).toEqual({ ...nothing, workflows_settled: 1 });
});

it("runs beyond what one sweep takes are taken by the next", async () => {
  const started: string[] = [];
  const resume = async (runId: string) => {
    started.push(runId);
    return true;
  };
  const ids = await Promise.all(Array.from({ length: 620 }, () => aStandingRun({ state: "queued" })));
  const workflows = { ...instances, resume };
  const sweeps = [await sweep({ workflows }), await sweep({ workflows }), await sweep({ workflows })];
  expect(sweeps.map((swept) => swept.workflows_started)).toEqual([500, 120, 500]);
  expect(new Set(started)).toEqual(new Set(ids));
  await env.DB.prepare("UPDATE run SET state = 'failed' WHERE name = 'standing'").run();
});

it("pools are not asked about runs of workflows", async () => {
  const id = await aWaitingRun();
  expect(await poolStub("workflows").holds([id])).toEqual([]);
  const asked: string[] = [];
  const pools = (name: string) => {
    asked.push(name);
    return needs.pools(name);
  };
  await sweepRuns({ db: env.DB, pools }, new Date(Date.now() + 3600_000));
  expect(asked).not.toContain("workflows");
  expect(asked).not.toContain("agents");
});
