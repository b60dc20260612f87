import { describe, expect, it } from "vitest";
import { limits } from "../../../src/contract/limits.ts";
import { aWorkflow, callsOf, endOf, entityOf, interpret, seconds, statesOf, stepOf } from "./a-run.ts";

const call = (id: string, more: object = {}) => ({ id, skill: "s", ...more });
const parallel = (id: string, steps: object[]) => ({ id, step_type: "parallel", branches: { steps } });
const sequence = (id: string, steps: object[]) => ({ id, step_type: "sequential", branches: { steps } });
const map = (id: string, over: unknown, steps: object[]) => ({ id, step_type: "map", branches: { over, steps } });
const broken = { fails: {} };

describe("on_error: fail", () => {
  it("a failed step fails its list: those after it are skipped, and say why", async () => {
    const document = aWorkflow([
      call("a"),
      sequence("b", [call("c"), call("d")]),
      call("e"),
      parallel("f", [call("g")]),
    ]);
    const happened = await interpret(document, {
      calls: { "b/c": { fails: { code: "agent_error", class: "unknown" } } },
    });
    expect(happened.outcome).toMatchObject({
      state: "failed",
      step: "b/c",
      failure: { code: "agent_error", class: "unknown", message: "it broke" },
    });
    expect(statesOf(happened)).toEqual({
      a: "succeeded",
      b: "failed",
      "b/c": "failed",
      "b/d": "skipped",
      e: "skipped",
      f: "skipped",
    });
    expect(stepOf(happened, "b/d").reason).toBe("c failed before it");
    expect(stepOf(happened, "e").reason).toBe("b failed before it");
    expect(stepOf(happened, "f").reason).toBe("b failed before it");
  });

  it("what runs beside it runs to its own end, and the first in the document is the one that is told", async () => {
    const steps = [sequence("slow", [call("a"), call("b")]), sequence("quick", [call("c"), call("d")]), call("other")];
    const happened = await interpret(aWorkflow([parallel("all", steps)]), {
      calls: { "all/slow/b": { ...broken, ms: 60_000 }, "all/quick/c": broken, "all/other": { ms: 90_000 } },
    });
    expect(endOf(happened)).toMatch(/^all\/slow\/b /);
    expect(statesOf(happened)).toMatchObject({ "all/other": "succeeded", "all/quick/d": "skipped", all: "failed" });
    expect(seconds(happened.outcome.finishedAt)).toBe(90);
  });

  it("other items of a map run to their own end, those too that had not begun", async () => {
    const each = { ...map("each", [0, 1, 2, 3], [call("a"), call("b")]) };
    Object.assign(each.branches, { max_concurrency: 1 });
    const happened = await interpret(aWorkflow([each]), { calls: { "each[1]/a": broken, "each[2]/b": broken } });
    expect(endOf(happened)).toMatch(/^each\[1\]\/a /);
    expect(statesOf(happened)).toMatchObject({
      "each[1]/b": "skipped",
      "each[2]/b": "failed",
      "each[3]/b": "succeeded",
    });
  });
});

describe("on_error: continue", () => {
  const error_handling = { on_error: "continue" };

  it("goes on with the steps that do not need what failed, skips the others, and succeeds", async () => {
    const document = aWorkflow(
      [
        call("a"),
        call("b"),
        call("needs", { inputs: { x: ["{{ steps.a.outputs.done }}"] } }),
        call("needs_needs", { condition: "steps.needs.outputs.done == 'x'" }),
        call("asks", { inputs: { x: "{{ has(steps.a) ? steps.a.outputs.done : 'none' }}" } }),
        map("each", "{{ steps.a.outputs.list }}", [call("c")]),
        { id: "ask", step_type: "approval", message: "Send {{ steps.a.outputs.done }}?" },
        { id: "route", step_type: "switch", condition: "steps.a.outputs.done", branches: { x: [call("d")] } },
      ],
      {
        error_handling,
        outputs: {
          b: "{{ steps.b.outputs.done }}",
          a: "{{ steps.a.outputs.done }}",
          typed: { type: "string", value: "{{ steps.a.outputs.done }}" },
        },
      },
    );
    const happened = await interpret(document, { calls: { a: broken } });
    expect(callsOf(happened)).toEqual([
      ["a", {}],
      ["b", {}],
      ["asks", { x: "none" }],
    ]);
    const { reason } = stepOf(happened, "needs");
    expect(reason).toBe("it needs what a gives, which failed");
    expect(stepOf(happened, "needs_needs").reason).toBe("it needs what needs gives, which was skipped");
    for (const path of ["each", "ask", "route"])
      expect(stepOf(happened, path)).toMatchObject({ state: "skipped", reason });
    // An output that needs it is left out.
    expect(endOf(happened)).toEqual({ b: "b" });
  });

  it("what has steps inside succeeds, with what there is", async () => {
    const document = aWorkflow(
      [
        parallel("both", [call("a"), call("b")]),
        map("each", ["x", "y"], [call("c"), call("d")]),
        call("e", { inputs: { both: "{{ steps.both.outputs }}", each: "{{ steps.each.outputs }}" } }),
        call("f", { inputs: { a: "{{ steps.both.outputs.a }}" } }),
        call("g", { inputs: { d: "{{ steps.each.outputs[0].done }}" } }),
      ],
      { error_handling },
    );
    const happened = await interpret(document, { calls: { "both/a": broken, "each[0]/d": broken } });
    expect(callsOf(happened).at(-1)).toEqual([
      "e",
      { both: { b: { done: "both/b" } }, each: [null, { done: "each[1]/d" }] },
    ]);
    expect(statesOf(happened)).toMatchObject({ both: "succeeded", each: "succeeded", f: "skipped", g: "skipped" });
    expect(stepOf(happened, "f").reason).toBe("it needs what a gives, which failed");
    expect(stepOf(happened, "g").reason).toBe("it needs what item 0 of each gives, which gave nothing");
  });

  it("an expression that fails in itself fails its step only", async () => {
    const document = aWorkflow([call("a", { inputs: { x: "{{ 1 / 0 }}" } }), call("b")], { error_handling });
    const happened = await interpret(document);
    expect(statesOf(happened)).toEqual({ a: "failed", b: "succeeded" });
    expect(endOf(happened)).toEqual({ done: "b" });
  });

  it("the timeout of the whole ends it all the same", async () => {
    const document = aWorkflow([call("a"), parallel("both", [call("b"), call("c")]), call("d")], {
      error_handling: { ...error_handling, timeout: "10s" },
    });
    const late = { fails: { code: "timed_out" as const }, ms: 9000 };
    const happened = await interpret(document, { calls: { "both/b": late } });
    expect(endOf(happened)).toBe("both/b timed_out: it broke");
    expect(statesOf(happened)).toMatchObject({ both: "failed", "both/c": "succeeded", d: "skipped" });
    const early = await interpret(document, { calls: { "both/b": { ...late, ms: 5000 } } });
    expect(statesOf(early)).toMatchObject({ both: "succeeded", d: "succeeded" });
  });
});

describe("on_error: compensate", () => {
  const undo = (step: string) => ({
    compensate: { skill: "undo", inputs: { of: `{{ steps.${step}.outputs.done }}` } },
  });

  it("undoes what succeeded, last finished first, one after the other, and fails with the first failure", async () => {
    const document = aWorkflow(
      [
        call("a", undo("a")),
        parallel("both", [call("b", undo("b")), call("c", undo("c")), call("d", undo("d"))]),
        map("each", [1, 2], [call("e", undo("e"))]),
        call("f", { compensate: { skill: "undo" }, condition: "1 > 2" }),
        call("g", undo("g")),
        call("h", undo("h")),
      ],
      { error_handling: { on_error: "rollback", retry_count: 3, timeout: "11s" } },
    );
    const happened = await interpret(document, {
      calls: {
        "both/b": { ms: 7000 },
        g: broken,
        "both/c!undo": { fails: { message: "too late" } },
        "a!undo": { ms: 9000 },
      },
    });
    expect(endOf(happened)).toBe("g handler_error: it broke");
    const undone = happened.calls.filter(({ path }) => path.endsWith("!undo"));
    expect(undone.map(({ path, inputs, startedAt }) => [path, inputs.values.of, seconds(startedAt)])).toEqual([
      ["each[1]/e!undo", "each[1]/e", 10],
      ["each[0]/e!undo", "each[0]/e", 11],
      ["both/b!undo", "both/b", 12],
      ["both/d!undo", "both/d", 13],
      ["both/c!undo", "both/c", 14],
      ["a!undo", "a", 15],
    ]);
    expect(undone.every(({ deadline, retry }) => deadline === null && retry.max_attempts === 4)).toBe(true);
    expect(seconds(happened.outcome.finishedAt)).toBe(24);
    expect(stepOf(happened, "both/c!undo")).toMatchObject({ state: "failed", failure: { message: "too late" } });
    expect(stepOf(happened, "a!undo")).toMatchObject({
      state: "succeeded",
      type: "sequential",
      id: "a",
      output_entity: entityOf("a!undo"),
    });
    expect(stepOf(happened, "a!undo").position).toBe(`${stepOf(happened, "a").position}!`);
  });

  it("what cannot say what it undoes is told, and the others are undone", async () => {
    const document = aWorkflow(
      [call("a", undo("a")), call("b", { compensate: { skill: "undo", inputs: { x: "{{ 1 / 0 }}" } } }), call("c")],
      { error_handling: { on_error: "compensate" } },
    );
    const happened = await interpret(document, { calls: { c: broken } });
    expect(statesOf(happened)).toMatchObject({ "b!undo": "failed", "a!undo": "succeeded" });
    expect(stepOf(happened, "b!undo").failure?.message).toMatch(/^compensate\.inputs\.x: /);
  });

  it("outputs of another type than the document says fail the run, and undo it", async () => {
    const value = "{{ steps.a.outputs.n }}";
    const outputs = { count: { type: "integer", value }, list: { type: "array", items: { type: "string" }, value } };
    const document = aWorkflow([call("a", undo("a"))], { outputs, error_handling: { on_error: "compensate" } });
    const happened = await interpret(document, { calls: { a: { outputs: { n: [1], done: "" } } } });
    expect(happened.outcome).toMatchObject({
      state: "failed",
      step: null,
      failure: {
        class: "validation",
        code: "invalid_outputs",
        message: expect.stringMatching(/^outputs\/count: .* \(and 1 more\)$/),
      },
    });
    expect(statesOf(happened)).toMatchObject({ "a!undo": "succeeded" });
  });

  it("outputs that cannot be made fail the run, and undo it too; a run that succeeds undoes nothing", async () => {
    const outputs = { x: "{{ steps.a.outputs.n }}" };
    const document = aWorkflow([call("a", undo("a"))], { outputs, error_handling: { on_error: "compensate" } });
    const failed = await interpret(document);
    expect(endOf(failed)).toMatch(/^- expression_failed: outputs\.x: /);
    expect(statesOf(failed)).toMatchObject({ "a!undo": "succeeded" });
    const fine = await interpret(document, { calls: { a: { outputs: { n: 1, done: "" } } } });
    expect([endOf(fine), fine.calls.length]).toEqual([{ x: 1 }, 1]);
  });
});

describe("attempts", () => {
  it("a step without retry has those of error_handling, and with none of both, one", async () => {
    const steps = [
      call("a"),
      call("b", { retry: 3 }),
      call("c", { retry: { max_attempts: 2, initial_seconds: 500 } }),
      call("d", { retry: { max_attempts: 2, backoff: "linear", max_seconds: 1 } }),
    ];
    const retries = async (error_handling: object) =>
      (await interpret(aWorkflow(steps, { error_handling }))).calls.map(({ retry }) => retry);
    const usual = { backoff: "exponential", initial_seconds: 2, max_seconds: 300 };
    expect(await retries({})).toEqual([
      { ...usual, max_attempts: 1 },
      { ...usual, max_attempts: 3 },
      { ...usual, max_attempts: 2, initial_seconds: 500, max_seconds: 500 },
      { backoff: "linear", max_attempts: 2, initial_seconds: 1, max_seconds: 1 },
    ]);
    const [first] = await retries({ retry_count: 2, backoff: "fixed" });
    expect(first).toEqual({ ...usual, max_attempts: 3, backoff: "fixed" });
  });
});

describe("limits", () => {
  it("a map of too many items, or of surely too many calls, is refused before anything of it is done", async () => {
    const over = "{{ workflow.input.list }}";
    const items = (count: number) => ({ list: Array.from({ length: count }, () => 0) });
    const one = await interpret(aWorkflow([map("each", over, [call("a")])]), { input: items(limits.mapItems + 1) });
    expect(endOf(one)).toBe("each limit_reached: over: it has 10001 items; a map goes over 10000 at most");
    const choice = { id: "b", step_type: "conditional", condition: "1 > 2", branches: { if_true: [call("c")] } };
    const two = await interpret(aWorkflow([map("each", over, [choice, call("a"), call("d")])]), { input: items(2501) });
    expect(endOf(two)).toBe("each limit_reached: over: its 2501 items make 5002 calls; a run has 5000 at most");
    expect(one.calls.length + two.calls.length).toBe(0);
  });

  it("a run makes so many calls and asks so many questions, and no more, whatever on_error says", async () => {
    const inner = map("inner", "{{ item }}", [call("a")]);
    const list = Array.from({ length: 60 }, () => Array.from({ length: 100 }, () => 0));
    const document = aWorkflow([map("outer", "{{ workflow.input.list }}", [inner]), call("last")], {
      error_handling: { on_error: "continue" },
    });
    const happened = await interpret(document, { input: { list } });
    expect(happened.outcome).toMatchObject({ state: "failed", failure: { code: "limit_reached" } });
    expect(happened.calls).toHaveLength(limits.stepsPerRun);
    expect(statesOf(happened).last).toBe("skipped");
  });

  it("a step whose path would be too long fails what it stands in", async () => {
    const key = "ä".repeat(160);
    const branches = { [key]: [call("a")] };
    const document = aWorkflow([{ id: "route", step_type: "switch", condition: "workflow.input.kind", branches }]);
    const fine = await interpret(document, { input: { kind: key } });
    expect(fine.calls[0]?.path.length).toBeGreaterThan(900);
    const longer = { [`${key}${"ä".repeat(9)}`]: [call("a")] };
    const inside = aWorkflow([
      { id: "route", step_type: "switch", condition: "workflow.input.kind", branches: longer },
    ]);
    const happened = await interpret(inside, { input: { kind: Object.keys(longer)[0] ?? "" } });
    expect(happened.calls).toEqual([]);
    expect(happened.outcome).toMatchObject({ state: "failed", failure: { code: "limit_reached" } });
    expect(Object.keys(statesOf(happened))).toEqual(["route"]);
  });
});
