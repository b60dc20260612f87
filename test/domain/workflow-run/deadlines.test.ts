import { describe, expect, it } from "vitest";
import { aWorkflow, endOf, interpret, seconds, statesOf, stepOf } from "./a-run.ts";

const call = (id: string, more: object = {}) => ({ id, skill: "s", ...more });
const deadlines = (happened: Awaited<ReturnType<typeof interpret>>) =>
  Object.fromEntries(happened.calls.map(({ path, deadline }) => [path, seconds(deadline)]));

describe("deadlines", () => {
  it("are the earliest of a step's own timeout, of those around it, and of the whole's", async () => {
    const steps = [
      call("a"),
      call("b", { timeout: 5 }),
      {
        id: "both",
        step_type: "parallel",
        timeout: "30s",
        branches: { steps: [call("c"), call("d", { timeout: "500ms" }), call("e", { timeout: "2h" })] },
      },
      {
        id: "each",
        step_type: "map",
        timeout: "9s",
        branches: { over: [1, 2], max_concurrency: 1, steps: [call("f")] },
      },
      { id: "if", step_type: "conditional", condition: "1 < 2", timeout: "1m", branches: { if_true: [call("g")] } },
    ];
    expect(deadlines(await interpret(aWorkflow(steps)))).toEqual({
      a: null,
      b: 6,
      "both/c": 32,
      "both/d": 2.5,
      "both/e": 32,
      "each[0]/f": 12,
      "each[1]/f": 12,
      "if/if_true/g": 65,
    });
    const whole = await interpret(aWorkflow(steps, { error_handling: { timeout: "20s" } }));
    expect(deadlines(whole)).toMatchObject({ a: 20, b: 6, "both/c": 20, "each[1]/f": 12, "if/if_true/g": 20 });
  });

  it("what should begin when its time is over fails, and is not called", async () => {
    const sequence = { id: "all", step_type: "sequential", timeout: "4s", branches: { steps: [call("a"), call("b")] } };
    const happened = await interpret(aWorkflow([sequence]), { calls: { "all/a": { ms: 4000 } } });
    expect(endOf(happened)).toBe("all/b timed_out: the timeout of what it stands in was over before it could begin");
    expect(happened.calls).toHaveLength(1);
    expect(statesOf(happened)).toEqual({ all: "failed", "all/a": "succeeded", "all/b": "failed" });
    const whole = aWorkflow([call("c"), sequence], { error_handling: { timeout: "4s", on_error: "continue" } });
    const late = await interpret(whole, { calls: { c: { ms: 5000 } } });
    expect(endOf(late)).toBe("all timed_out: the timeout of the workflow was over before it could begin");
  });

  it("time never goes back, even where a result is older than the run that takes it over", async () => {
    const happened = await interpret(aWorkflow([call("a"), call("b")]), {
      calls: { a: { ms: -1_000_000, isKept: true } },
    });
    expect(happened.calls.map(({ startedAt }) => seconds(startedAt))).toEqual([0, 0]);
    expect(statesOf(happened)).toEqual({ a: "kept", b: "succeeded" });
    const { started_at, finished_at } = stepOf(happened, "a");
    expect(finished_at).toBe(started_at);
  });
});
