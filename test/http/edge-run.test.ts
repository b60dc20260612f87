import { afterEach, describe, expect, it, test, vi } from "vitest";
import { entity } from "../../src/contract/entity/entity.ts";
import { runEventPage, runLogPage } from "../../src/contract/http/runs.ts";
import { limits } from "../../src/contract/limits.ts";
import { ask, refusalOf } from "./a-registry.ts";
import { cancelRun, getRun, runOf } from "./a-run.ts";
import { askFunctionRun } from "./a-source.ts";
import { anEdgeFunction, askRunWith, countRecords, edgeRun } from "./an-edge-function.ts";
import { anEntity } from "./an-entity.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

async function entityOf(id: string) {
  return entity.parse(await (await ask("GET", `/v1/entities/${id}`)).json());
}

describe("a run of a JavaScript function", () => {
  it("is answered within its request, and is what GET tells of it", async () => {
    const name = await anEdgeFunction({ body: "return { result: inputs.value + 1 };" });
    const run = await edgeRun(name, { value: 41 }, { labels: { team: "x" } });
    expect(run).toMatchObject({
      state: "succeeded",
      kind: "function",
      name,
      pool: "edge",
      labels: { team: "x" },
      attempt: 1,
      runner: { id: "edge", name: "edge", device: null },
      progress: { percent: 100 },
      attempts: [{ attempt: 1, outcome: "succeeded", failure: null }],
      outputs: [{ output_index: 0, outputs: { result: 42 } }],
    });
    expect(await getRun(run.id)).toEqual(run);
  });

  it("records its inputs and outputs as entities that know where they came from", async () => {
    const name = await anEdgeFunction({ body: "return { result: inputs.value * 2 };" });
    const lent = await anEntity({ number: 21 });
    const run = await edgeRun(name, { value: `@${lent.ecs_id}.number` });
    const output = run.state === "succeeded" ? run.outputs[0] : undefined;
    expect(output?.outputs).toEqual({ result: 42 });
    expect(await entityOf(run.input_entity)).toMatchObject({
      type: { role: "input", name },
      data: { value: 21 },
      attribute_source: { value: `@${lent.ecs_id}.number` },
    });
    expect(await entityOf(output?.entity ?? "")).toMatchObject({
      type: { role: "output", name },
      data: { result: 42 },
      created_by: "runner:edge",
      derived_from_run: run.id,
      derived_from_function: `function/${name}@1.0.0`,
      attribute_source: { result: `@${run.input_entity}` },
    });
  });

  it("keeps what the function logged, and tells its events", async () => {
    const name = await anEdgeFunction({ body: "console.log('value is', inputs.value); return { result: 1 };" });
    const { id } = await edgeRun(name, { value: 3 });
    const logs = runLogPage.parse(await (await ask("GET", `/v1/runs/${id}/logs`)).json());
    expect(logs).toMatchObject({ ended: true, lines: [{ attempt: 1, stream: "stdout", text: "value is 3" }] });
    const page = runEventPage.parse(await (await ask("GET", `/v1/runs/${id}/events`)).json());
    expect(page.events.map((event) => (event.type === "state" ? event.state : event.type))).toEqual([
      "running",
      "log",
      "succeeded",
    ]);
    const streamed = await ask("GET", `/v1/runs/${id}/events`, { headers: { Accept: "text/event-stream" } });
    expect(await streamed.text()).toContain('"text":"value is 3"');
  });

  it("has one event, its end, when the function logged nothing", async () => {
    const name = await anEdgeFunction({ body: "return { result: 1 };" });
    const { id } = await edgeRun(name, { value: 3 });
    const page = runEventPage.parse(await (await ask("GET", `/v1/runs/${id}/events`)).json());
    expect(page).toMatchObject({ ended: true, events: [{ type: "state", state: "succeeded" }] });
  });

  it("takes and gives values that are too large for a row", async () => {
    const name = await anEdgeFunction({
      takes: "{ text: string }",
      gives: "{ text: string; length: number }",
      body: "return { text: inputs.text.toUpperCase(), length: inputs.text.length };",
    });
    const text = "ab".repeat(limits.inlineValueBytes);
    const run = await edgeRun(name, { text });
    const output = run.state === "succeeded" ? run.outputs[0] : undefined;
    expect(output?.outputs).toBeNull();
    const whole = await (await ask("GET", `/v1/entities/${output?.entity}/value`)).json();
    expect(whole).toMatchObject({ value: { length: text.length, text: text.toUpperCase() } });
    const again = await runOf(await ask("POST", `/v1/runs/${run.id}:replay`), 200);
    expect(again.replay).toEqual({ of: run.id, outputs_equal: true, differences: [] });
  });

  it("cannot be cancelled any more", async () => {
    const name = await anEdgeFunction({ body: "return { result: 1 };" });
    const { id } = await edgeRun(name, { value: 3 });
    expect(await refusalOf(await cancelRun(id), 409)).toMatchObject({ code: "RUN_ENDED" });
  });

  it("makes no pool", async () => {
    const name = await anEdgeFunction({ body: "return { result: 1 };" });
    await edgeRun(name, { value: 3 });
    expect(await (await ask("GET", "/v1/pools")).text()).not.toContain('"edge"');
  });
});

describe("what may not be asked of the edge", () => {
  test.for([
    [{ pool: "gpus" }, "runs at the edge, in no pool"],
    [{ runner_labels: { zone: "a" } }, "leave pool and runner_labels out"],
  ] as const)("%j is refused", async ([more, told]) => {
    const name = await anEdgeFunction({ body: "return { result: 1 };" });
    const before = await countRecords();
    const refused = await refusalOf(await askFunctionRun(name, { inputs: { value: 1 }, ...more }), 400);
    expect(refused).toMatchObject({ code: "INVALID_REQUEST" });
    expect(refused.detail).toContain(told);
    expect(await countRecords()).toEqual(before);
  });

  it("refuses inputs that are larger than a call takes", async () => {
    const name = await anEdgeFunction({ takes: "{ text: string }", body: "return { result: 1 };" });
    const text = "x".repeat(limits.edgeInputBytes);
    const refused = await refusalOf(await askFunctionRun(name, { inputs: { text } }), 422);
    expect(refused).toMatchObject({ code: "INVALID_INPUTS", issues: [{ code: "too_large" }] });
  });

  it("says that nothing was run when the sandbox does not answer", async () => {
    const name = await anEdgeFunction({ body: "return { result: 1 };" });
    const before = await countRecords();
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    const sandbox = { call: () => Promise.reject(new Error("gone")) };
    const response = await askRunWith({ sandbox }, name, { inputs: { value: 1 } });
    expect(response.headers.get("retry-after")).toBe("2");
    expect((await refusalOf(response, 503)).detail).toContain("was not run");
    expect(await countRecords()).toEqual(before);
  });
});
