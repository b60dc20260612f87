import { env } from "cloudflare:test";
import { expect, it, vi } from "vitest";
import { writeSteps } from "../../src/bindings/d1/workflow/step-rows.ts";
import { entity } from "../../src/contract/entity/entity.ts";
import type { Run } from "../../src/contract/run/run.ts";
import { aStandingRun, aStep } from "../bindings/d1/a-standing-run.ts";
import { ask, askJson, refusalOf } from "../http/a-registry.ts";
import { cancelRun, getRun, runOf } from "../http/a-run.ts";
import { anEdgeFunction } from "../http/an-edge-function.ts";
import { aWorkflow, begunWorkflow, outputsOf, stepOf, workflowRun } from "./a-workflow-run.ts";

function retry(run: string, body: object = {}, headers: Record<string, string> = {}): Promise<Response> {
  return ask("POST", `/v1/runs/${run}:retry`, { body: JSON.stringify(body), type: "application/json", headers });
}

async function retried(run: string, body: object = {}): Promise<Run> {
  return runOf(await retry(run, body, { Prefer: "wait=30" }), 200);
}

/** A workflow that fails in its middle: what divides by the input, and what follows. */
async function aFailingWorkflow(steps?: (divide: string) => unknown[], more: object = {}): Promise<string> {
  const divide = await anEdgeFunction({
    body: "if (inputs.value === 0) throw new Error('nothing to divide by'); return { result: 12 / inputs.value };",
  });
  return aWorkflow({
    inputs: { by: { type: "integer", required: true } },
    steps: steps?.(divide) ?? [
      { id: "first", skill: divide, inputs: { value: 3 } },
      { id: "second", skill: divide, inputs: { value: "{{ workflow.input.by }}" } },
      { id: "third", skill: divide, inputs: { value: "{{ steps.first.outputs.result }}" } },
    ],
    ...more,
  });
}

const statesOf = (run: Run) => run.steps?.map(({ path, state }) => [path, state]);

it("a retry begins at the step that failed, and keeps what was done before it", async () => {
  const failed = await workflowRun(await aFailingWorkflow(), { by: 0 });
  expect(failed).toMatchObject({ state: "failed" });
  const again = await retried(failed.id);
  expect(again).toMatchObject({
    state: "failed",
    name: failed.name,
    digest: failed.digest,
    retry_of: { run: failed.id, from: "second" },
    replay: null,
    parent: null,
  });
  expect(statesOf(again)).toEqual([
    ["first", "kept"],
    ["second", "failed"],
    ["third", "skipped"],
  ]);
  const [before, now] = [stepOf(failed, "first"), stepOf(again, "first")];
  expect([now.output_entity, now.run]).toEqual([before.output_entity, before.run]);
  expect(now.reason).toContain(failed.id);
  const input = entity.parse(await (await ask("GET", `/v1/entities/${again.input_entity}`)).json());
  expect(input.attribute_source).toEqual({ by: `@${failed.input_entity}.by` });
  const third = await retried(again.id, { from: "first" });
  expect(third.retry_of).toEqual({ run: again.id, from: "first" });
  expect(statesOf(third)?.[0]).toEqual(["first", "succeeded"]);
});

it("a run that succeeded is done again from a step on, when that is said", async () => {
  const done = await workflowRun(await aFailingWorkflow(), { by: 4 });
  expect(outputsOf(done)).toEqual({ result: 3 });
  expect((await refusalOf(await retry(done.id), 409)).detail).toContain('say with "from"');
  const again = await retried(done.id, { from: "third" });
  expect(outputsOf(again)).toEqual({ result: 3 });
  expect(statesOf(again)).toEqual([
    ["first", "kept"],
    ["second", "kept"],
    ["third", "succeeded"],
  ]);
  expect(stepOf(again, "third").output_entity).not.toBe(stepOf(done, "third").output_entity);
});

it("a retry from a branch keeps the branch beside it", async () => {
  const name = await aFailingWorkflow((divide) => [
    {
      id: "both",
      step_type: "parallel",
      branches: {
        steps: [
          { id: "left", skill: divide, inputs: { value: 2 } },
          { id: "right", skill: divide, inputs: { value: "{{ workflow.input.by }}" } },
        ],
      },
    },
  ]);
  const failed = await workflowRun(name, { by: 0 });
  const again = await retried(failed.id);
  expect(again.retry_of?.from).toBe("both/right");
  expect(stepOf(again, "both/left")).toMatchObject({
    state: "kept",
    output_entity: stepOf(failed, "both/left").output_entity,
  });
});

it("what was undone is not kept", async () => {
  const undo = await anEdgeFunction({ body: "return { result: 0 };" });
  const name = await aFailingWorkflow(
    (divide) => [
      { id: "first", skill: divide, inputs: { value: 3 }, compensate: { skill: undo, inputs: { value: 1 } } },
      { id: "second", skill: divide, inputs: { value: "{{ workflow.input.by }}" } },
    ],
    { error_handling: { on_error: "compensate" } },
  );
  const failed = await workflowRun(name, { by: 0 });
  expect(stepOf(failed, "first!undo").state).toBe("succeeded");
  const refused = await refusalOf(await retry(failed.id, { from: "second" }), 409);
  expect(refused.detail).toContain("step first of run");
  const again = await retried(failed.id);
  expect(again.retry_of?.from).toBe("first");
  expect(stepOf(again, "first").state).toBe("succeeded");
});

it("a retry with the same Idempotency-Key is the same run", async () => {
  const failed = await workflowRun(await aFailingWorkflow(), { by: 0 });
  const key = { "Idempotency-Key": crypto.randomUUID() };
  const [first, second] = await Promise.all([retry(failed.id, {}, key), retry(failed.id, {}, key)]);
  const ids = [await first.json<Run>(), await second.json<Run>()].map(({ id }) => id);
  expect(new Set(ids).size).toBe(1);
  const other = await retry(failed.id, { from: "first" }, key);
  expect((await refusalOf(other, 409)).code).toBe("IDEMPOTENCY_CONFLICT");
});

it("a run that goes on, one without steps, and a step that there is not are refused", async () => {
  const open = await begunWorkflow(
    await aWorkflow({ steps: [{ id: "ok", step_type: "approval", message: "Go on?" }] }),
  );
  expect((await refusalOf(await retry(open.id), 409)).detail).toContain("cancel it first");
  const failed = await workflowRun(await aFailingWorkflow(), { by: 0 });
  const unknown = await refusalOf(await retry(failed.id, { from: "nowhere" }), 404);
  expect([unknown.code, unknown.detail.includes("first, second, third")]).toEqual(["STEP_NOT_FOUND", true]);
  for (const from of ["first/inner", "first[0]", "first!undo", "!", "[", "first/", "é"]) {
    expect((await retry(failed.id, { from })).status).toBe(404);
  }
  const child = stepOf(failed, "first").run ?? "";
  expect((await refusalOf(await retry(child), 409)).detail).toContain(":replay");
  expect((await retry("01a20000-0000-7000-8000-000000000000")).status).toBe(404);
  await (await cancelRun(open.id)).body?.cancel();
});

it("a run that was cancelled begins again where it was", async () => {
  const name = await aWorkflow({
    steps: [{ id: "ok", step_type: "approval", message: "Go on?", on_reject: "continue" }],
    outputs: { approved: "{{ steps.ok.outputs.approved }}" },
  });
  const run = await begunWorkflow(name);
  await vi.waitFor(async () => expect(stepOf(await getRun(run.id), "ok").state).toBe("waiting"), 10_000);
  await (await cancelRun(run.id)).body?.cancel();
  const again = await runOf(await retry(run.id), 202);
  await vi.waitFor(async () => expect(stepOf(await getRun(again.id), "ok").state).toBe("waiting"), 10_000);
  await runOf(await askJson("POST", `/v1/runs/${again.id}:approve`, { approved: false }));
  await vi.waitFor(async () => expect((await getRun(again.id)).state).toBe("succeeded"), 20_000);
});

it("an answer that was given is kept by a retry of a retry", async () => {
  const name = await aFailingWorkflow((divide) => [
    { id: "ok", step_type: "approval", message: "Go on?" },
    { id: "divide", skill: divide, inputs: { value: "{{ workflow.input.by }}" } },
  ]);
  const run = await begunWorkflow(name, { by: 0 });
  await vi.waitFor(async () => expect(stepOf(await getRun(run.id), "ok").state).toBe("waiting"), 10_000);
  await runOf(await askJson("POST", `/v1/runs/${run.id}:approve`, { approved: true, comment: "yes" }));
  await vi.waitFor(async () => expect((await getRun(run.id)).state).toBe("failed"), 20_000);
  let last = run.id;
  for (let times = 0; times < 2; times++) {
    const again = await retried(last);
    expect(stepOf(again, "ok")).toMatchObject({ state: "kept", approval: { answer: { by: "admin", comment: "yes" } } });
    last = again.id;
  }
});

it("a replay of a workflow's run does all of it again, by the same plan, and compares", async () => {
  const done = await workflowRun(await aFailingWorkflow(), { by: 4 });
  const response = await ask("POST", `/v1/runs/${done.id}:replay`, { headers: { Prefer: "wait=30" } });
  const again = await runOf(response, 200);
  expect(again).toMatchObject({ state: "succeeded", replay: { of: done.id, outputs_equal: true }, retry_of: null });
  expect(statesOf(again)?.every(([, state]) => state === "succeeded")).toBe(true);
  expect(stepOf(again, "first").output_entity).not.toBe(stepOf(done, "first").output_entity);
});

it("a call of an agent is not replayed by itself", async () => {
  const parent = await aStandingRun();
  await writeSteps(env.DB, parent, [aStep("ask")]);
  const call = await aStandingRun({ kind: "agent", state: "failed", parent: { run: parent, step: "ask" } });
  const refused = await refusalOf(await ask("POST", `/v1/runs/${call}:replay`), 409);
  expect(refused.detail).toContain(`step ask of run ${parent}`);
});
