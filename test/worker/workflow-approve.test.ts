import { env } from "cloudflare:test";
import { describe, expect, it, vi } from "vitest";
import { writeSteps } from "../../src/bindings/d1/workflow/step-rows.ts";
import type { ApprovalState } from "../../src/contract/workflow/step-state.ts";
import { answerApproval, type GivenAnswer } from "../../src/operations/workflow-run/answer-approval.ts";
import { runnerPoolsOf } from "../../src/worker/runner-pools.ts";
import { workflowInstancesOf } from "../../src/worker/workflow-instances.ts";
import { aStandingRun, aStep } from "../bindings/d1/a-standing-run.ts";
import { ask, askJson, refusalOf } from "../http/a-registry.ts";
import { getRun, runOf } from "../http/a-run.ts";
import { anEdgeFunction } from "../http/an-edge-function.ts";
import { broken } from "./a-broken-env.ts";
import { aWorkflow, begunWorkflow, outputsOf, stepOf } from "./a-workflow-run.ts";

const needs = {
  db: env.DB,
  blobs: env.BLOBS,
  pools: runnerPoolsOf(env),
  workflows: workflowInstancesOf(env),
  now: () => new Date(),
};

function waiting(path: string, approval: Partial<ApprovalState> = {}) {
  const asked = { message: "Go on?", approvers: null, until: null, answer: null, ...approval };
  return aStep(path, { type: "approval", state: "waiting", approval: asked });
}

/** A run that waits for answers, of which no instance knows. */
async function aWaitingRun(...steps: Parameters<typeof waiting>[]): Promise<string> {
  const run = await aStandingRun();
  await writeSteps(
    env.DB,
    run,
    steps.map((step) => waiting(...step)),
  );
  return run;
}

function answer(runId: string, parts: Partial<GivenAnswer> = {}) {
  return answerApproval(needs, { runId, step: null, approved: true, comment: null, by: "ann", ...parts });
}

async function why(runId: string, parts: Partial<GivenAnswer> = {}) {
  const refused = await answer(runId, parts);
  if (refused.ok) throw new Error("it was taken");
  return refused.failure;
}

async function answerOf(runId: string, path: string) {
  return stepOf(await getRun(runId), path).approval?.answer;
}

describe("an answer", () => {
  it("lets a run go on, and its expressions read it", async () => {
    const increase = await anEdgeFunction({ body: "return { result: inputs.value + 1 };" });
    const name = await aWorkflow({
      steps: [
        { id: "ok", step_type: "approval", message: "Go on with {{ workflow.input.what }}?" },
        { id: "after", skill: increase, inputs: { value: 1 } },
      ],
      outputs: { by: "{{ steps.ok.outputs.by }}", result: "{{ steps.after.outputs.result }}" },
    });
    const run = await begunWorkflow(name, { what: "printing" });
    await vi.waitFor(async () => expect(stepOf(await getRun(run.id), "ok").state).toBe("waiting"), 10_000);
    expect(stepOf(await getRun(run.id), "ok").approval?.message).toBe("Go on with printing?");
    await runOf(await askJson("POST", `/v1/runs/${run.id}:approve`, { approved: true, comment: "looks good" }));
    await vi.waitFor(async () => expect((await getRun(run.id)).state).toBe("succeeded"), 20_000);
    const done = await getRun(run.id);
    expect(outputsOf(done)).toEqual({ by: "admin", result: 2 });
    expect(stepOf(done, "ok")).toMatchObject({ state: "succeeded", approval: { answer: { comment: "looks good" } } });
    expect((await runOf(await askJson("POST", `/v1/runs/${run.id}:approve`, { approved: true }))).id).toBe(run.id);
    const other = await askJson("POST", `/v1/runs/${run.id}:approve`, { approved: false });
    expect((await refusalOf(other, 409)).detail).toContain("approved by admin");
  });

  it("of no fails the step", async () => {
    const name = await aWorkflow({ steps: [{ id: "ok", step_type: "approval", message: "Go on?" }] });
    const run = await begunWorkflow(name);
    await vi.waitFor(async () => expect(stepOf(await getRun(run.id), "ok").state).toBe("waiting"), 10_000);
    await runOf(await askJson("POST", `/v1/runs/${run.id}:approve`, { step: "ok", approved: false }));
    await vi.waitFor(async () => expect((await getRun(run.id)).state).toBe("failed"), 20_000);
    expect(await getRun(run.id)).toMatchObject({ failure: { code: "rejected" } });
  });

  it("is the same twice, and another one is refused with who said what and when", async () => {
    const run = await aWaitingRun(["ok"]);
    expect((await answer(run, { comment: "fine" })).ok).toBe(true);
    expect((await answer(run)).ok).toBe(true);
    const told = await answerOf(run, "ok");
    expect(told).toMatchObject({ approved: true, by: "ann", comment: "fine" });
    for (const other of [{ approved: false }, { by: "bob" }, { by: "bob", approved: false }]) {
      const { code, message } = await why(run, other);
      expect(code).toBe("STATE_CONFLICT");
      expect(message).toContain(`approved by ann at ${told?.at}: fine`);
    }
    expect(await answerOf(run, "ok")).toEqual(told);
  });

  it("that comes at the same moment as another counts for both, whichever is first", async () => {
    const run = await aWaitingRun(["ok"]);
    const given = ["ann", "bob", "cid", "dan"].flatMap((by) => [
      answer(run, { by }),
      answer(run, { by, approved: false }),
    ]);
    const results = await Promise.all(given);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    const winner = await answerOf(run, "ok");
    for (const result of results) {
      if (!result.ok) expect(result.failure.message).toContain(`by ${winner?.by} at`);
    }
  });

  it("is only for those who are named", async () => {
    const run = await aWaitingRun(["ok", { approvers: ["ann", "bob"] }]);
    const refused = await why(run, { by: "eve" });
    expect([refused.code, refused.message]).toEqual([
      "FORBIDDEN",
      "step ok is for ann, bob to answer, and you are eve",
    ]);
    expect((await answer(run, { by: "bob" })).ok).toBe(true);
  });

  it("says which step it means where several wait", async () => {
    const run = await aWaitingRun(["a"], ["b"]);
    const { code, message } = await why(run);
    expect(code).toBe("STATE_CONFLICT");
    expect(message).toContain("these wait for an approval: a, b");
    expect((await answer(run, { step: "b" })).ok).toBe(true);
    expect((await answer(run)).ok).toBe(true);
    expect([(await answerOf(run, "a"))?.by, (await answerOf(run, "b"))?.by]).toEqual(["ann", "ann"]);
  });

  it("is refused for a step that there is not, that asks nobody, or whose time is up", async () => {
    const run = await aWaitingRun(["late", { until: "2026-01-02T00:00:00.000Z" }]);
    await writeSteps(env.DB, run, [aStep("call")]);
    expect((await why(run, { step: "nowhere" })).code).toBe("STEP_NOT_FOUND");
    expect((await why(run, { step: "call" })).code).toBe("STATE_CONFLICT");
    expect((await why(run, { step: "late" })).message).toContain("could be answered until 2026-01-02T00:00:00.000Z");
    expect(await answerOf(run, "late")).toBeNull();
  });

  it("is refused for a run that has ended, or has no steps, or is not there", async () => {
    const ended = await aStandingRun({ state: "failed" });
    expect((await why(ended)).code).toBe("RUN_ENDED");
    const template = await aStandingRun({ kind: "template" });
    expect((await why(template)).message).toContain("no step waits for an approval");
    expect((await why("01a20000-0000-7000-8000-000000000000")).code).toBe("RUN_NOT_FOUND");
  });

  it("counts though the instance cannot be told: a sweep does that", async () => {
    const warned = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    const run = await aWaitingRun(["ok"]);
    const gone = { ...needs, workflows: broken(workflowInstancesOf(env)) };
    const given = { runId: run, step: "ok", approved: true, comment: null, by: "ann" };
    expect((await answerApproval(gone, given)).ok).toBe(true);
    expect(await answerOf(run, "ok")).toMatchObject({ approved: true });
    expect(warned).toHaveBeenCalledOnce();
    warned.mockRestore();
  });

  it("that is none is refused", async () => {
    const run = await aWaitingRun(["ok"]);
    const wrong = [
      {},
      { approved: "yes" },
      { approved: true, step: "" },
      { approved: true, extra: 1 },
      { approved: true, comment: "" },
    ];
    for (const body of wrong) await refusalOf(await askJson("POST", `/v1/runs/${run}:approve`, body), 400);
    expect((await ask("POST", `/v1/runs/${run}:approve`)).status).toBe(400);
  });
});
