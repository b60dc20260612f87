import { describe, expect, it, test } from "vitest";
import { entity } from "../../src/contract/entity/entity.ts";
import type { Run } from "../../src/contract/run/run.ts";
import { ask } from "./a-registry.ts";
import { getRun } from "./a-run.ts";
import { anEdgeFunction, edgeRun } from "./an-edge-function.ts";

async function failureOfRun(body: string, more: object = {}): Promise<Extract<Run, { state: "failed" }>> {
  const run = await edgeRun(await anEdgeFunction({ gives: "any", body }), { value: 1 }, more);
  if (run.state !== "failed") throw new Error(`the run has ${run.state}`);
  return run;
}

describe("a function that fails at the edge", () => {
  it("fails its run, which is answered as any other and recorded with its failure", async () => {
    const run = await failureOfRun("throw new RangeError(inputs.value + ' is too small');");
    expect(run).toMatchObject({
      attempt: 1,
      failure: {
        class: "permanent",
        code: "handler_error",
        message: "RangeError: 1 is too small",
        detail: expect.stringContaining("(function.js:3:"),
        attempt: 1,
        runner: "edge",
      },
      attempts: [{ outcome: "failed", failure: { message: "RangeError: 1 is too small" } }],
    });
    expect(await getRun(run.id)).toEqual(run);
    const recorded = entity.parse(await (await ask("GET", `/v1/entities/${run.failure_entity}`)).json());
    expect(recorded).toMatchObject({
      type: { role: "failure" },
      derived_from_run: run.id,
      data: { class: "permanent", code: "handler_error", message: "RangeError: 1 is too small" },
    });
  });

  test.for([
    ["return new Promise(() => {});", "permanent", "timed_out", "waits for something"],
    ["return { a: NaN };", "validation", "invalid_outputs", "the number NaN"],
    ["return 'x'.repeat(2 ** 21);", "validation", "invalid_outputs", "more than 1048576 bytes"],
  ] as const)("%s", async ([body, failureClass, code, told]) => {
    const { failure, attempts } = await failureOfRun(body);
    expect(failure).toMatchObject({ class: failureClass, code, message: expect.stringContaining(told) });
    expect(attempts).toHaveLength(1);
  });

  it("has the time that its run asks for, at most the edge's own", async () => {
    const body = "setInterval(() => {}, 10); return new Promise(() => {});";
    const { failure, timeout_seconds: timeout } = await failureOfRun(body, { timeout_seconds: 1 });
    expect(timeout).toBe(1);
    expect(failure).toMatchObject({ code: "timed_out", message: "it had not returned after 1000 ms" });
    const soon = await edgeRun(
      await anEdgeFunction({ body: "return { result: 1 };" }),
      { value: 1 },
      { timeout_seconds: 600 },
    );
    expect(soon.timeout_seconds).toBe(10);
  });

  it("fails when it gives what its interface does not promise", async () => {
    const promised = { gives: "{ result: number }" };
    const wrong = await anEdgeFunction({ ...promised, body: 'return JSON.parse(\'{"result": "text"}\');' });
    expect(await edgeRun(wrong, { value: 1 })).toMatchObject({
      state: "failed",
      failure: { class: "validation", code: "invalid_outputs", detail: expect.stringContaining("/0/result") },
    });
    const list = await anEdgeFunction({ ...promised, body: "return JSON.parse('[1]');" });
    expect(await edgeRun(list, { value: 1 })).toMatchObject({
      state: "failed",
      failure: { code: "invalid_outputs", message: "it should return an object, found a list of 1" },
    });
  });

  it("is tried once more when its isolate died for no known reason", async () => {
    const body = "(globalThis as any).process.exit(1);";
    const twice = await failureOfRun(body);
    expect(twice).toMatchObject({
      attempt: 2,
      failure: { class: "unknown", code: "process_died", attempt: 2 },
      attempts: [
        { attempt: 1, fence: 1, outcome: "failed" },
        { attempt: 2, fence: 2, outcome: "failed" },
      ],
    });
    expect(await getRun(twice.id)).toEqual(twice);
    expect((await failureOfRun(body, { max_attempts: 1 })).attempts).toHaveLength(1);
  });
});
