import { describe, expect, it } from "vitest";
import { aWorkflow, callsOf, endOf, interpret } from "./a-run.ts";

describe("large outputs", () => {
  it("are loaded only for an expression that reads them", async () => {
    const document = aWorkflow([
      { id: "big", skill: "s", outputs: "it" },
      { id: "other", skill: "s" },
      { id: "asks", skill: "s", inputs: { a: "{{ has(steps.big) }}", b: "{{ steps.other.outputs.done }}" } },
      {
        id: "reads",
        skill: "s",
        inputs: { a: "{{ steps.big.outputs.it.x }}", b: "{{ size(steps.big.outputs.it.x) }}" },
      },
    ]);
    const calls = { big: { outputs: { x: [1, 2] }, isLarge: true } };
    const happened = await interpret(document, { calls });
    expect(callsOf(happened).slice(2)).toEqual([
      ["asks", { a: true, b: "other" }],
      ["reads", { a: [1, 2], b: 2 }],
    ]);
    expect(happened.loaded).toHaveLength(1);
  });

  it("together they may be only so large", async () => {
    const each = {
      id: "each",
      step_type: "map",
      branches: { over: "{{ workflow.input.n }}", steps: [{ id: "a", skill: "s" }] },
    };
    const document = aWorkflow([
      each,
      { id: "reads", skill: "s", inputs: { n: "{{ steps.each.outputs.map(x, 1) }}" } },
    ]);
    const fate = { outputs: { text: "x".repeat(3 * 1024 * 1024) }, isLarge: true };
    const calls = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`each[${at}]/a`, fate]));
    const happened = await interpret(document, { input: { n: Array.from({ length: 30 }, (_, at) => at) }, calls });
    expect(endOf(happened)).toBe(
      "reads limit_reached: inputs: the outputs that it reads have more than 16 MiB together; read parts of them",
    );
    expect(happened.loaded.length).toBeLessThan(12);
  });
});
