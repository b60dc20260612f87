import { describe, expect, it } from "vitest";
import { aWorkflow, callsOf, endOf, interpret, seconds, settled, statesOf, stepOf } from "./a-run.ts";

const text = { type: "string" };

describe("steps in turn", () => {
  it("each begins when the one before it is done, and reads what it gave", async () => {
    const document = aWorkflow(
      [
        { id: "plan", skill: "make_plan@^1", inputs: { of: "{{ workflow.input.of }}", note: "for {{ run.id }}" } },
        { id: "build", skill: "write_code", inputs: { plan: "{{ steps.plan.outputs }}" } },
      ],
      { inputs: { of: { ...text, required: true } }, outputs: { code: "{{ steps.build.outputs.code }}" } },
    );
    const happened = await interpret(document, {
      input: { of: "x" },
      calls: { plan: { outputs: { tasks: ["a"] }, ms: 2000 }, build: { outputs: { code: "y" }, ms: 3000 } },
    });
    expect(callsOf(happened)).toEqual([
      ["plan", { of: "x", note: "for run-1" }],
      ["build", { plan: { tasks: ["a"] } }],
    ]);
    expect(happened.calls.map(({ skill, isChosenNow, startedAt }) => [skill, isChosenNow, seconds(startedAt)])).toEqual(
      [
        ["make_plan@^1", false, 0],
        ["write_code", false, 2],
      ],
    );
    expect(endOf(happened)).toEqual({ code: "y" });
    expect(seconds(happened.outcome.finishedAt)).toBe(5);
  });

  it("without outputs of its own, a workflow gives what its last step gave", async () => {
    expect(endOf(await interpret(aWorkflow([{ id: "a", skill: "s" }])))).toEqual({ done: "a" });
    expect(endOf(await interpret(aWorkflow([{ id: "a", skill: "s", outputs: "plan" }])))).toEqual({
      plan: { done: "a" },
    });
    const skipped = aWorkflow([{ id: "a", skill: "s", condition: "1 > 2" }]);
    expect(endOf(await interpret(skipped))).toEqual({});
    // A word that CEL keeps for itself is an id like others.
    expect(endOf(await interpret(aWorkflow([{ id: "in", skill: "s" }])))).toEqual({ done: "in" });
  });

  it("a list, which has no names, is given under the id of the map that gave it", async () => {
    const each = { id: "each", step_type: "map", branches: { over: [1, 2], steps: [{ id: "a", skill: "s" }] } };
    expect(endOf(await interpret(aWorkflow([each])))).toEqual({ each: [{ done: "each[0]/a" }, { done: "each[1]/a" }] });
  });

  it("typed outputs and texts around expressions are filled", async () => {
    const document = aWorkflow([{ id: "a", skill: "s" }], {
      outputs: {
        count: { type: "integer", value: "{{ size('abc') }}" },
        told: "{{ 1 + 1 }} of {{ [1, 'x'] }}",
        all: { type: "object", value: { list: ["{{ steps.a.outputs.done }}", 7] }, additional_properties: true },
      },
    });
    expect(endOf(await interpret(document))).toEqual({ count: 3, told: '2 of [1,"x"]', all: { list: ["a", 7] } });
  });
});

describe("conditions", () => {
  it("a step whose condition is false is skipped, and has() knows", async () => {
    const document = aWorkflow(
      [
        { id: "test", skill: "run_tests" },
        { id: "fix", skill: "fix", condition: "!steps.test.outputs.passed" },
        { id: "tell", skill: "tell", inputs: { fixed: "{{ has(steps.fix) }}" } },
      ],
      { outputs: { report: "{{ has(steps.fix) ? steps.fix.outputs.done : 'fine' }}" } },
    );
    const passed = await interpret(document, { calls: { test: { outputs: { passed: true } } } });
    expect(callsOf(passed).at(-1)).toEqual(["tell", { fixed: false }]);
    expect(endOf(passed)).toEqual({ report: "fine" });
    expect(stepOf(passed, "fix")).toMatchObject({
      state: "skipped",
      reason: "its condition is false",
      started_at: null,
    });
    const failed = await interpret(document, { calls: { test: { outputs: { passed: false } } } });
    expect(endOf(failed)).toEqual({ report: "fix" });
  });

  it("what gives neither true nor false fails the step, and names the key, the expression and why", async () => {
    const document = aWorkflow([
      { id: "a", skill: "s" },
      { id: "b", skill: "s", condition: "{{ steps.a.outputs.x }}" },
    ]);
    const wrong = await interpret(document, { calls: { a: { outputs: { x: "yes" } } } });
    expect(endOf(wrong)).toBe(
      'b expression_failed: condition: {{ steps.a.outputs.x }}: a condition is true or false, and this gives the string "yes"',
    );
    const missing = await interpret(document, { calls: { a: { outputs: { total: 1 } } } });
    expect(endOf(missing)).toBe(
      "b expression_failed: condition: {{ steps.a.outputs.x }}: steps.a.outputs has no x; it has total",
    );
  });

  it("an input that lacks what it reads fails its step for good, with the key", async () => {
    const document = aWorkflow([
      { id: "a", skill: "s" },
      { id: "b", skill: "s", inputs: { deep: [{ x: "{{ steps.a.outputs.n + 1 }}" }] } },
    ]);
    const happened = await interpret(document, { calls: { a: { outputs: { n: "1" } } } });
    expect(endOf(happened)).toMatch(/^b expression_failed: inputs\.deep\.0\.x: \{\{ steps\.a\.outputs\.n \+ 1 \}\}: /);
    expect(stepOf(happened, "b")).toMatchObject({
      state: "failed",
      failure: { class: "permanent", attempt: 1, runner: null },
    });
    expect(happened.calls).toHaveLength(1);
  });
});

describe("branches", () => {
  const choose = (more: object = {}) => ({
    id: "choose",
    step_type: "conditional",
    condition: "workflow.input.fast",
    branches: { if_true: [{ id: "code", skill: "quick" }], if_false: [{ id: "code", skill: "slow" }] },
    ...more,
  });
  const inputs = { fast: { type: "boolean", default: false } };

  it("a conditional goes through one list, and both may give the same", async () => {
    const document = aWorkflow([choose()], { inputs, outputs: { code: "{{ steps.code.outputs.done }}" } });
    const quick = await interpret(document, { input: { fast: true } });
    expect(endOf(quick)).toEqual({ code: "choose/if_true/code" });
    expect(stepOf(quick, "choose")).toMatchObject({ branch: "if_true", state: "succeeded", type: "conditional" });
    expect(endOf(await interpret(document, { input: { fast: false } }))).toEqual({ code: "choose/if_false/code" });
  });

  it("without if_false there is nothing to do, and no branch", async () => {
    const document = aWorkflow([choose({ branches: { if_true: [{ id: "code", skill: "quick" }] } })], { inputs });
    const happened = await interpret(document, { input: { fast: false } });
    expect([endOf(happened), statesOf(happened)]).toEqual([{}, { choose: "succeeded" }]);
    expect(stepOf(happened, "choose").branch).toBeNull();
  });

  it("a switch goes through the case that its value names, else the default, else none", async () => {
    const branches = { "1": [{ id: "a", skill: "s" }], "so / so": [{ id: "b", skill: "s" }] };
    const route = { id: "route", step_type: "switch", condition: "workflow.input.kind", branches };
    const called = async (kind: string | number | null, more: object = {}) => {
      const document = aWorkflow([{ ...route, branches: { ...branches, ...more } }]);
      return (await interpret(document, { input: { kind } })).calls.map(({ path }) => path);
    };
    expect(await called(1)).toEqual(["route/1/a"]);
    expect(await called("1")).toEqual(["route/1/a"]);
    expect(await called("so / so")).toEqual(["route/so%20%2F%20so/b"]);
    expect(await called("x")).toEqual([]);
    expect(await called("x", { default: [{ id: "c", skill: "s" }] })).toEqual(["route/default/c"]);
    expect(await called(null, { default: [] })).toEqual([]);
  });

  it("a switch cannot choose by a list", async () => {
    const branches = { a: [{ id: "a", skill: "s" }] };
    const document = aWorkflow([{ id: "route", step_type: "switch", condition: "workflow.input.kind", branches }]);
    const happened = await interpret(document, { input: { kind: ["a"] } });
    expect(endOf(happened)).toBe(
      "route expression_failed: condition: a switch chooses by a string, a number or a boolean; it gave an array",
    );
  });
});

describe("steps at the same time", () => {
  const both = {
    id: "both",
    step_type: "parallel",
    branches: {
      steps: [
        { id: "one", skill: "s" },
        {
          id: "two",
          step_type: "sequential",
          branches: {
            steps: [
              { id: "three", skill: "s", outputs: "named" },
              { id: "four", skill: "s" },
            ],
          },
        },
      ],
    },
  };

  it("all begin at once, in whatever order they are done, and the next waits for all", async () => {
    const waiting = new Map<string, () => void>();
    const document = aWorkflow([both, { id: "last", skill: "s" }]);
    const running = interpret(document, {
      calls: { "both/one": { ms: 9000 } },
      before: (path) => new Promise((resolve) => waiting.set(path, resolve)),
    });
    await settled();
    expect([...waiting.keys()]).toEqual(["both/one", "both/two/three"]);
    waiting.get("both/two/three")?.();
    await settled();
    waiting.get("both/two/four")?.();
    await settled();
    expect(waiting.has("last")).toBe(false);
    waiting.get("both/one")?.();
    await settled();
    waiting.get("last")?.();
    const { calls } = await running;
    expect(calls.map(({ path, startedAt }) => [path, seconds(startedAt)])).toEqual([
      ["both/one", 0],
      ["both/two/three", 0],
      ["both/two/four", 1],
      ["last", 9],
    ]);
  });

  it("what has steps inside gives what these gave, under their ids", async () => {
    const document = aWorkflow([both], {
      outputs: { all: "{{ steps.both.outputs }}", some: "{{ steps.both.outputs.two.three.named.done }}" },
    });
    const two = { three: { named: { done: "both/two/three" } }, four: { done: "both/two/four" } };
    expect(endOf(await interpret(document))).toEqual({
      all: { one: { done: "both/one" }, two },
      some: "both/two/three",
    });
  });
});

it("ends with the error of an action that cannot go on: its machine runs it again", async () => {
  const one = { id: "one", skill: "s" };
  const document = aWorkflow([
    { id: "both", step_type: "parallel", branches: { steps: [one, { id: "two", skill: "s" }] } },
  ]);
  const before = (path: string) =>
    path === "both/two" ? Promise.reject(new Error("stores are away")) : Promise.resolve();
  await expect(interpret(document, { before })).rejects.toThrow("stores are away");
});
