import { expect, it } from "vitest";
import { ask, askJson, refusalOf } from "./a-registry.ts";
import { runOf } from "./a-run.ts";
import { askFunctionRun } from "./a-source.ts";
import { anEdgeFunction, askRunWith, countRecords, edgeRun } from "./an-edge-function.ts";

/** Another value each time it is called. */
const chance = { gives: "{ result: number }", body: "return { result: Math.random() };" };
let keys = 0;

function aKey(): { "Idempotency-Key": string } {
  keys += 1;
  return { "Idempotency-Key": `edge-key-${keys}` };
}

it("answers a repetition with the run that the first one made, without calling the function again", async () => {
  const name = await anEdgeFunction(chance);
  const key = aKey();
  const body = { inputs: { value: 1 } };
  const first = await runOf(await askFunctionRun(name, body, key), 200);
  const before = await countRecords();
  let calls = 0;
  const sandbox = {
    call: () => {
      calls += 1;
      return Promise.reject(new Error("nobody is to be called"));
    },
  };
  const again = await askRunWith({ sandbox }, name, body, key);
  expect(again.headers.get("idempotent-replayed")).toBe("true");
  expect(await runOf(again, 200)).toEqual(first);
  expect(calls).toBe(0);
  expect(await countRecords()).toEqual(before);
});

it("records one run of twenty simultaneous requests with one key, and answers all with it", async () => {
  const name = await anEdgeFunction(chance);
  const key = aKey();
  const before = await countRecords();
  const answers = await Promise.all(
    Array.from({ length: 20 }, async () => runOf(await askFunctionRun(name, { inputs: { value: 1 } }, key), 200)),
  );
  for (const answer of answers) expect(answer).toEqual(answers[0]);
  const after = await countRecords();
  expect({ runs: after.runs - before.runs, entities: after.entities - before.entities }).toEqual({
    runs: 1,
    entities: 2,
  });
});

it("refuses the key for another request", async () => {
  const name = await anEdgeFunction(chance);
  const key = aKey();
  const { id } = await runOf(await askFunctionRun(name, { inputs: { value: 1 } }, key), 200);
  const told = await refusalOf(await askFunctionRun(name, { inputs: { value: 2 } }, key), 409);
  expect(told).toMatchObject({ code: "IDEMPOTENCY_CONFLICT", detail: expect.stringContaining(id) });
});

it("replays a run on the same inputs, and tells how the outputs differ", async () => {
  const same = await edgeRun(await anEdgeFunction({ body: "return { result: inputs.value };" }), { value: 3 });
  const equal = await runOf(await ask("POST", `/v1/runs/${same.id}:replay`), 200);
  expect(equal).toMatchObject({
    state: "succeeded",
    digest: same.digest,
    pool: "edge",
    replay: { of: same.id, outputs_equal: true, differences: [] },
    outputs: [{ outputs: { result: 3 } }],
  });
  const other = await edgeRun(await anEdgeFunction(chance), { value: 3 });
  const differs = await runOf(await ask("POST", `/v1/runs/${other.id}:replay`), 200);
  expect(differs.replay).toMatchObject({ outputs_equal: false, differences: [{ path: "/0/result" }] });
  const moved = await refusalOf(await askJson("POST", `/v1/runs/${other.id}:replay`, { pool: "gpus" }), 400);
  expect(moved.detail).toContain("in no pool");
});
