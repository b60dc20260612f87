import { createExecutionContext, env, waitOnExecutionContext } from "cloudflare:test";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { createApp } from "../../src/http/app.ts";
import { failUndelivered } from "../../src/operations/run/fail-undelivered.ts";
import { runnerPoolsOf } from "../../src/worker/runner-pools.ts";
import { wireRequest } from "../../src/worker/wire-request.ts";
import { workflowInstancesOf } from "../../src/worker/workflow-instances.ts";
import { aLeasedRun } from "../worker/a-pooled-run.ts";
import { keyOf } from "../worker/a-runner.ts";
import { aDocument, adminToken, publish, refusalOf } from "./a-registry.ts";
import { aRun, cancelRun, getRun, plainInputs, runOf } from "./a-run.ts";

beforeAll(async () => {
  await publish(aDocument("painter", { inputs: plainInputs, execution: { pool: "cancelling" } }));
});
afterEach(() => {
  vi.restoreAllMocks();
});

it("is final at once for a run that waits, and says who and why", async () => {
  const made = await aRun("painter");
  const cancelled = await runOf(await cancelRun(made.id, { reason: "wrong fox" }));
  expect(cancelled).toMatchObject({ id: made.id, state: "cancelled", cancelled_by: "admin", reason: "wrong fox" });
  expect(await getRun(made.id)).toEqual(cancelled);
  expect(await runnerPoolsOf(env)("cancelling").holds([made.id])).toEqual([]);
});

it("stops the runner that has the run, and takes nothing that it says of it afterwards", async () => {
  const { run, runner, job } = await aLeasedRun("cancelling.leased");
  runner.started(job);
  await runner.beat([keyOf(job)]);
  const cancelled = await runOf(await cancelRun(run.id, { reason: "enough" }));
  expect(cancelled.state).toBe("cancelled");
  expect(await runner.hear("cancel")).toMatchObject({ run_id: run.id, reason: "enough" });
  runner.result(job);
  expect(await runner.hear("refused")).toMatchObject({ run_id: run.id });
  await vi.waitFor(async () => {
    expect(await getRun(run.id)).toMatchObject({
      state: "cancelled",
      attempt: 1,
      attempts: [{ attempt: 1, outcome: "cancelled" }],
    });
  });
});

it("is refused when the run has succeeded", async () => {
  const { run, runner, job } = await aLeasedRun("cancelling.done");
  runner.result(job);
  await runner.hear("accepted");
  expect((await refusalOf(await cancelRun(run.id), 409)).detail).toContain("succeeded");
});

it("twice is the same as once", async () => {
  const made = await aRun("painter");
  const first = await runOf(await cancelRun(made.id, { reason: "first" }));
  expect(await runOf(await cancelRun(made.id, { reason: "second" }))).toEqual(first);
});

it("needs no reason, and no body", async () => {
  const made = await aRun("painter");
  expect(await runOf(await cancelRun(made.id))).toMatchObject({ state: "cancelled", reason: null });
});

/** What ends a run that could not be delivered. */
const needs = {
  db: env.DB,
  blobs: env.BLOBS,
  pools: runnerPoolsOf(env),
  workflows: workflowInstancesOf(env),
  now: () => new Date(),
};

it("is refused when the run has failed", async () => {
  const made = await aRun("painter");
  expect(await failUndelivered(needs, made.id, { message: "nobody took it", detail: "" })).toBe(true);
  const told = await refusalOf(await cancelRun(made.id), 409);
  expect(told.code).toBe("RUN_ENDED");
  expect(told.detail).toContain("failed");
});

it("leaves nothing for a failure that comes later", async () => {
  const made = await aRun("painter");
  await runOf(await cancelRun(made.id));
  expect(await failUndelivered(needs, made.id, { message: "too late", detail: "" })).toBe(false);
  expect((await getRun(made.id)).state).toBe("cancelled");
});

it("holds though the pool cannot be told, and the queue tells it later", async () => {
  const made = await aRun("painter");
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
  const request = new Request(`http://localhost/v1/runs/${made.id}:cancel`, {
    method: "POST",
    headers: { Authorization: `Bearer ${adminToken}` },
  });
  const ctx = createExecutionContext();
  const needs = wireRequest(env, ctx, request);
  const sent: string[] = [];
  const deaf = {
    ...needs.pools("cancelling"),
    drop: () => Promise.reject(new Error("Network connection lost")),
    standing: () => Promise.resolve(null),
  };
  const gpuJobs = { ...needs.gpuJobs, send: async (message: { run_id: string }) => void sent.push(message.run_id) };
  const response = await createApp().fetch(request, { ...needs, pools: () => deaf, gpuJobs }, ctx);
  await waitOnExecutionContext(ctx);
  expect((await runOf(response)).state).toBe("cancelled");
  expect(sent).toEqual([made.id]);
});
