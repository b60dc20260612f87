import { env } from "cloudflare:test";
import { beforeAll, expect, it } from "vitest";
import { loadJob } from "../../src/bindings/d1/run/run-row.ts";
import { aLeasedRun } from "../worker/a-pooled-run.ts";
import { TestRunner } from "../worker/a-runner.ts";
import { aDocument, ask, askJson, change, publish, refusalOf } from "./a-registry.ts";
import { aRun, cancelRun, getRun, plainInputs, runOf } from "./a-run.ts";

beforeAll(async () => {
  await publish(aDocument("painter", { inputs: plainInputs }));
});

async function replay(id: string, body: object = {}) {
  return runOf(await askJson("POST", `/v1/runs/${id}:replay`, body), 202);
}

it("runs the same digest on the same inputs, though newer versions were published", async () => {
  await publish(aDocument("sketcher", { inputs: plainInputs }));
  const original = await aRun("sketcher", { inputs: { prompt: "a fox" }, labels: { team: "x" }, priority: 7 });
  await publish(
    aDocument("sketcher", { version: "1.1.0", inputs: { ...plainInputs, seed: { type: "integer", default: 1 } } }),
  );
  const response = await ask("POST", `/v1/runs/${original.id}:replay`);
  const location = response.headers.get("location");
  const again = await runOf(response, 202);
  expect(location).toBe(`/v1/runs/${again.id}`);
  expect(again).toMatchObject({
    version: "1.0.0",
    digest: original.digest,
    labels: { team: "x" },
    priority: 7,
    replay: { of: original.id, outputs_equal: null, differences: [] },
  });
  const [before, after] = await Promise.all([loadJob(env.DB, original.id), loadJob(env.DB, again.id)]);
  expect(after).toEqual({
    ...before,
    run_id: again.id,
    created_at: again.created_at,
    input_entity: again.input_entity,
    replay_of: original.id,
  });
});

it("records inputs of its own that came from the original's", async () => {
  const original = await aRun("painter");
  const again = await replay(original.id);
  const input = await (await ask("GET", `/v1/entities/${again.input_entity}`)).json();
  expect(input).toMatchObject({
    data: { prompt: "a fox", steps: 20 },
    attribute_source: {
      prompt: `@${original.input_entity}.prompt`,
      steps: `@${original.input_entity}.steps`,
    },
  });
  expect(again.input_entity).not.toBe(original.input_entity);
});

it("may go elsewhere, with other labels", async () => {
  const original = await aRun("painter");
  const again = await replay(original.id, { pool: "elsewhere", priority: 1, labels: { why: "check" } });
  expect(again).toMatchObject({ pool: "elsewhere", priority: 1, labels: { why: "check" } });
});

it("says whether the outputs are equal, and where they differ", async () => {
  const { run, runner, job } = await aLeasedRun("replays");
  runner.result(job, [{ result: "red" }]);
  await runner.hear("accepted");
  for (const [result, isEqual] of [
    ["red", true],
    ["blue", false],
  ] as const) {
    const again = await replay(run.id);
    const next = await runner.hear("job");
    expect(next.run_id).toBe(again.id);
    runner.result(next, [{ result }]);
    await runner.hear("accepted");
    const told = (await getRun(again.id)).replay;
    expect(told).toMatchObject({ of: run.id, outputs_equal: isEqual });
    expect(told?.differences.length === 0).toBe(isEqual);
  }
});

it("can be of a run that was cancelled, and waits for Prefer", async () => {
  const original = await aRun("painter", { inputs: { prompt: "x" }, pool: "again" });
  await (await cancelRun(original.id)).body?.cancel();
  const { runner } = await TestRunner.connect({ pool: "again", handlers: ["painter"] });
  const asked = ask("POST", `/v1/runs/${original.id}:replay`, { headers: { Prefer: "wait=30" } });
  runner.result(await runner.hear("job"));
  expect(await runOf(await asked, 200)).toMatchObject({ state: "succeeded", replay: { of: original.id } });
});

it("carries large inputs by the digest that the original had", async () => {
  await publish(aDocument("reader", { inputs: { text: { type: "string" } } }));
  const original = await aRun("reader", { inputs: { text: "x".repeat(100_000) } });
  const again = await replay(original.id);
  const [before, after] = await Promise.all([loadJob(env.DB, original.id), loadJob(env.DB, again.id)]);
  expect(after?.inputs).toBeNull();
  expect(after?.inputs_digest).toBe(before?.inputs_digest);
});

it("is refused when the version is deleted", async () => {
  await publish(aDocument("gone_soon", { inputs: plainInputs }));
  const original = await aRun("gone_soon");
  await change("DELETE", "/v1/templates/gone_soon/versions/1.0.0");
  const told = await refusalOf(await ask("POST", `/v1/runs/${original.id}:replay`), 410);
  expect(told.code).toBe("VERSION_DELETED");
});
