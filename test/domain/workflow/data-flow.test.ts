import { describe, expect, test } from "vitest";
import { call, container, flowOf, stepOf } from "./a-flow.ts";

const told = (visible: ReadonlyMap<string, string>) => [...visible].map(([id, presence]) => `${id} ${presence}`);

describe("what a step sees", () => {
  test("are the steps before it, one after the other", () => {
    const flow = flowOf([call("a"), call("b"), call("c")]);
    expect(told(stepOf(flow, "a").sees)).toEqual([]);
    expect(told(stepOf(flow, "c").sees)).toEqual(["a sure", "b sure"]);
    expect(flow.steps.map(({ path, after }) => [path, after])).toEqual([
      ["/steps/0", null],
      ["/steps/1", "/steps/0"],
      ["/steps/2", "/steps/1"],
    ]);
  });

  test("are not its neighbours of a parallel, but all of them after it", () => {
    const flow = flowOf([call("a"), container("p", "parallel", { steps: [call("b"), call("c")] }), call("d")]);
    expect(told(stepOf(flow, "c").sees)).toEqual(["a sure"]);
    expect(stepOf(flow, "c").after).toBeNull();
    expect(stepOf(flow, "c").inside).toEqual({ path: "/steps/1", branch: "steps" });
    expect(told(stepOf(flow, "d").sees)).toEqual(["a sure", "b sure", "c sure", "p sure"]);
    expect(told(stepOf(flow, "p").children)).toEqual(["b sure", "c sure"]);
  });

  test("are the steps of a branch only perhaps, after it", () => {
    const flow = flowOf([
      container("c", "conditional", { if_true: [call("a")], if_false: [call("b")] }, { condition: "true" }),
    ]);
    expect(told(stepOf(flow, "b").sees)).toEqual([]);
    expect(told(flow.atEnd)).toEqual(["a maybe", "b maybe", "c sure"]);
  });

  test("is surely what every branch gives, when one of them is always taken", () => {
    const both = { if_true: [call("x"), call("a")], if_false: [call("x")] };
    const flow = flowOf([container("c", "conditional", both, { condition: "true" })]);
    expect(told(flow.atEnd)).toEqual(["x sure", "a maybe", "c sure"]);
    const cases = { one: [call("x")], two: [call("x")] };
    const open = flowOf([container("s", "switch", cases, { condition: "'one'" })]);
    expect(told(open.atEnd)).toEqual(["x maybe", "s sure"]);
    const closed = flowOf([container("s", "switch", { ...cases, default: [call("x")] }, { condition: "'one'" })]);
    expect(told(closed.atEnd)).toEqual(["x sure", "s sure"]);
  });

  test("of a map is the map alone, and inside of it the item", () => {
    const map = container("m", "map", { over: [1], as: "n", steps: [call("a"), call("b")] });
    const flow = flowOf([map]);
    expect(told(stepOf(flow, "b").sees)).toEqual(["a sure"]);
    expect([stepOf(flow, "m").items, stepOf(flow, "b").items]).toEqual([[], ["n"]]);
    expect(told(flow.atEnd)).toEqual(["m sure"]);
    expect(told(stepOf(flow, "m").children)).toEqual([]);
  });

  test("is only perhaps what has a condition of its own, with all inside of it", () => {
    const steps = { steps: [call("a")] };
    const flow = flowOf([call("b", { condition: "true" }), container("p", "parallel", steps, { condition: "true" })]);
    expect(told(flow.atEnd)).toEqual(["b maybe", "a maybe", "p maybe"]);
    expect(told(stepOf(flow, "p").children)).toEqual(["a sure"]);
    expect(flow.steps.map(({ id, mayBeSkipped }) => [id, mayBeSkipped])).toEqual([
      ["b", true],
      ["p", true],
      ["a", false],
    ]);
  });
});
