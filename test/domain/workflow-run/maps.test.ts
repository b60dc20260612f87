import { describe, expect, it } from "vitest";
import { aWorkflow, callsOf, endOf, interpret, seconds, settled, stepOf } from "./a-run.ts";

const call = (id: string, more: object = {}) => ({ id, skill: "s", ...more });
const map = (id: string, branches: object, more: object = {}) => ({ id, step_type: "map", branches, ...more });

describe("maps", () => {
  it("items see their own steps, their item under its name, and all outside", async () => {
    const document = aWorkflow([
      call("before"),
      map("each", {
        over: "{{ workflow.input.people }}",
        as: "person",
        steps: [
          call("draft", { inputs: { to: "{{ person.name }}", style: "{{ steps.before.outputs.done }}" } }),
          call("send", { inputs: { letter: "{{ steps.draft.outputs.done }}", title: "To {{ person.name }}" } }),
        ],
      }),
    ]);
    const happened = await interpret(document, { input: { people: [{ name: "Ada" }, { name: "Bo" }] } });
    expect(Object.fromEntries(callsOf(happened))).toEqual({
      before: {},
      "each[0]/draft": { to: "Ada", style: "before" },
      "each[1]/draft": { to: "Bo", style: "before" },
      "each[0]/send": { letter: "each[0]/draft", title: "To Ada" },
      "each[1]/send": { letter: "each[1]/draft", title: "To Bo" },
    });
    expect(endOf(happened)).toEqual({ each: [{ done: "each[0]/send" }, { done: "each[1]/send" }] });
    expect(stepOf(happened, "each")).toMatchObject({ items: 2, state: "succeeded" });
  });

  it("gives null for an item whose last step was skipped, and all under a name where it has one", async () => {
    const steps = [call("a"), call("b", { condition: "item > 1" })];
    const document = aWorkflow([map("each", { over: [1, 2], steps }, { outputs: "list" })]);
    expect(endOf(await interpret(document))).toEqual({ list: [null, { done: "each[1]/b" }] });
  });

  it("inside of each other, the item is the innermost of its name", async () => {
    const inner = map("inner", { over: "{{ item }}", steps: [call("a", { inputs: { x: "{{ item }}" } })] });
    const named = map("named", {
      over: "{{ item }}",
      as: "part",
      steps: [call("b", { inputs: { x: ["{{ part }}", "{{ item }}"] } })],
    });
    const document = aWorkflow([map("outer", { over: [[1], [2]], steps: [inner, named] })]);
    expect(callsOf(await interpret(document))).toEqual([
      ["outer[0]/inner[0]/a", { x: 1 }],
      ["outer[1]/inner[0]/a", { x: 2 }],
      ["outer[0]/named[0]/b", { x: [1, [1]] }],
      ["outer[1]/named[0]/b", { x: [2, [2]] }],
    ]);
  });

  it("goes over a list of the document, whose texts are filled; of an empty one nothing is done", async () => {
    const list = map("each", { over: ["{{ run.id }}", { x: 1 }], steps: [call("a", { inputs: { x: "{{ item }}" } })] });
    expect(callsOf(await interpret(aWorkflow([list])))).toEqual([
      ["each[0]/a", { x: "run-1" }],
      ["each[1]/a", { x: { x: 1 } }],
    ]);
    const none = await interpret(aWorkflow([map("each", { over: [], steps: [call("a")] }), call("b")]));
    expect([callsOf(none), stepOf(none, "each").items]).toEqual([[["b", {}]], 0]);
  });

  it("goes over nothing but a list", async () => {
    const document = aWorkflow([map("each", { over: "{{ workflow.input.n }}", steps: [call("a")] })]);
    expect(endOf(await interpret(document, { input: { n: { a: 1 } } }))).toBe(
      "each expression_failed: over: a map goes over an array, and this gives an object",
    );
  });

  it.each([
    ["so many items at the same time as it says", 3, 3],
    ["at most a hundred items at the same time", undefined, 100],
  ])("has %s", async (_, max_concurrency, most) => {
    const over = Array.from({ length: 230 }, (_, at) => at);
    const steps = [call("a"), call("b")];
    const branches = {
      over: "{{ workflow.input.over }}",
      steps,
      ...(max_concurrency === undefined ? {} : { max_concurrency }),
    };
    let [now, peak, done] = [0, 0, 0];
    const waiting: (() => void)[] = [];
    const running = interpret(aWorkflow([map("each", branches)]), {
      input: { over },
      before: async (path) => {
        now += 1;
        peak = Math.max(peak, now);
        await new Promise<void>((resolve) => waiting.push(resolve));
        now -= 1;
        if (path.endsWith("b")) done += 1;
      },
    });
    while (done < over.length) {
      await settled();
      // In no order that anything could rely on.
      for (const go of waiting.splice(0).sort((a, b) => String(a).length - String(b).length || -1)) go();
    }
    expect(peak).toBe(most);
    const { calls } = await running;
    expect(calls).toHaveLength(460);
    expect(seconds(Math.max(...calls.map(({ startedAt }) => startedAt)))).toBe(2 * Math.ceil(230 / most) - 1);
  });
});
