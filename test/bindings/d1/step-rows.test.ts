import { env } from "cloudflare:test";
import { v7 } from "uuid";
import { expect, it } from "vitest";
import { giveAnswer } from "../../../src/bindings/d1/workflow/step-answers.ts";
import {
  countSteps,
  listSteps,
  loadOpenSteps,
  loadStep,
  writeSteps,
} from "../../../src/bindings/d1/workflow/step-rows.ts";
import { aStandingRun, aStep } from "./a-standing-run.ts";

const at = "2026-01-01T00:00:05.000Z";
const asked = { message: "Shall it go on?", approvers: ["ann"], until: null, answer: null };

it("steps are read as they were written, in the order of the document, page by page", async () => {
  const run = await aStandingRun();
  const failure = {
    class: "permanent",
    code: "rejected",
    message: "no",
    detail: null,
    attempt: 1,
    runner: null,
    at,
  } as const;
  const steps = [
    aStep("a", {
      state: "succeeded",
      finished_at: at,
      output_entity: v7(),
      input_entity: v7(),
      skill: "function/x.y@1.0.0",
    }),
    aStep("b", { type: "map", items: 3, state: "failed", failure, finished_at: at }),
    aStep("c", { type: "approval", state: "waiting", approval: asked }),
    aStep("d", { type: "switch", branch: "urgent", run: v7(), attempt: 4 }),
  ];
  await writeSteps(env.DB, run, steps.toReversed());
  expect(await listSteps(env.DB, run, null, 10)).toEqual(steps);
  expect(await listSteps(env.DB, run, null, 2)).toEqual(steps.slice(0, 2));
  expect(await listSteps(env.DB, run, { position: "b", path: "b" }, 2)).toEqual(steps.slice(2));
  expect(await countSteps(env.DB, run)).toBe(4);
  expect((await loadOpenSteps(env.DB, run)).map(({ path }) => path)).toEqual(["c", "d"]);
});

it("thousands of steps are written at once", async () => {
  const run = await aStandingRun();
  const reason = "x".repeat(400);
  const steps = Array.from({ length: 3000 }, (_, at) =>
    aStep(`each[${at}]/draw`, { reason, position: String(at).padStart(5, "0") }),
  );
  await writeSteps(env.DB, run, steps);
  expect(await countSteps(env.DB, run)).toBe(3000);
  expect(await listSteps(env.DB, run, null, 5000)).toEqual(steps);
});

it("a step that has ended is not made open again by what is told late", async () => {
  const run = await aStandingRun();
  const done = aStep("a", { state: "succeeded", finished_at: at, output_entity: v7() });
  await writeSteps(env.DB, run, [done]);
  await writeSteps(env.DB, run, [aStep("a")]);
  await writeSteps(env.DB, run, [aStep("a", { state: "waiting", approval: asked })]);
  expect(await loadStep(env.DB, run, "a")).toEqual(done);
});

it("a step that waits for an answer does not go back to running", async () => {
  const run = await aStandingRun();
  const waiting = aStep("ok", { type: "approval", state: "waiting", approval: asked });
  await writeSteps(env.DB, run, [waiting]);
  await writeSteps(env.DB, run, [aStep("ok", { type: "approval" })]);
  expect(await loadStep(env.DB, run, "ok")).toEqual(waiting);
});

it("a run that has ended gets no open steps, but the ends of those that it had", async () => {
  const run = await aStandingRun({ state: "cancelled" });
  await writeSteps(env.DB, run, [aStep("a"), aStep("b", { state: "succeeded", finished_at: at })]);
  expect((await listSteps(env.DB, run, null, 10)).map(({ path }) => path)).toEqual(["b"]);
});

it("a step that was cancelled with its run stays so", async () => {
  const run = await aStandingRun({ state: "cancelled" });
  await writeSteps(env.DB, run, [aStep("a", { state: "cancelled", finished_at: at, reason: "the run was cancelled" })]);
  await writeSteps(env.DB, run, [aStep("a", { state: "failed", finished_at: at })]);
  expect(await loadStep(env.DB, run, "a")).toMatchObject({ state: "cancelled", reason: "the run was cancelled" });
});

it("an answer is never written over, neither by another nor by how the step goes on", async () => {
  const run = await aStandingRun();
  const waiting = aStep("ok", { type: "approval", state: "waiting", approval: asked });
  await writeSteps(env.DB, run, [waiting]);
  const [yes, no] = [true, false].map((approved) => ({ approved, by: "ann", comment: null, at }));
  if (yes === undefined || no === undefined) throw new Error("there are two");
  expect(await giveAnswer(env.DB, { runId: run, path: "ok", answer: yes })).toEqual(yes);
  expect(await giveAnswer(env.DB, { runId: run, path: "ok", answer: no })).toEqual(yes);
  await writeSteps(env.DB, run, [{ ...waiting, state: "succeeded", finished_at: at }]);
  expect((await loadStep(env.DB, run, "ok"))?.approval).toEqual({ ...asked, answer: yes });
  await writeSteps(env.DB, run, [{ ...waiting, state: "failed", approval: { ...asked, answer: no } }]);
  expect((await loadStep(env.DB, run, "ok"))?.approval?.answer).toEqual(yes);
});

it("an answer that is told with its step is kept with it", async () => {
  const run = await aStandingRun();
  const answer = { approved: true, by: "timeout", comment: null, at };
  await writeSteps(env.DB, run, [aStep("ok", { type: "approval", state: "kept", approval: { ...asked, answer } })]);
  expect((await loadStep(env.DB, run, "ok"))?.approval?.answer).toEqual(answer);
});

it("what it means that time ran out is what the step says when it ends", async () => {
  const run = await aStandingRun();
  const waiting = aStep("ok", { type: "approval", state: "waiting", approval: asked });
  await writeSteps(env.DB, run, [waiting]);
  const late = { approved: false, by: "timeout", comment: null, at };
  expect(await giveAnswer(env.DB, { runId: run, path: "ok", answer: late })).toEqual(late);
  expect(await giveAnswer(env.DB, { runId: run, path: "ok", answer: { ...late, by: "ann" } })).toEqual(late);
  const answer = { ...late, approved: true };
  await writeSteps(env.DB, run, [{ ...waiting, state: "succeeded", approval: { ...asked, answer } }]);
  await writeSteps(env.DB, run, [{ ...waiting, state: "succeeded" }]);
  expect((await loadStep(env.DB, run, "ok"))?.approval?.answer).toEqual(answer);
});

it("only a step that waits takes an answer, and only while its run goes on", async () => {
  const answer = { approved: true, by: "ann", comment: null, at };
  const [open, ended] = [await aStandingRun(), await aStandingRun({ state: "failed" })];
  await writeSteps(env.DB, open, [aStep("a", { type: "approval", approval: asked })]);
  await env.DB.prepare(
    "INSERT INTO workflow_step (run_id, path, position, id, type, state) VALUES (?, 'a', 'a', 'a', 'approval', 'waiting')",
  )
    .bind(ended)
    .run();
  expect(await giveAnswer(env.DB, { runId: open, path: "a", answer })).toBeNull();
  expect(await giveAnswer(env.DB, { runId: ended, path: "a", answer })).toBeNull();
  expect(await giveAnswer(env.DB, { runId: open, path: "nowhere", answer })).toBeNull();
});
