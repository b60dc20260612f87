import { expect, it } from "vitest";
import type { Source } from "../../../src/domain/workflow-run/sourced.ts";
import { isListOfSources } from "../../../src/domain/workflow-run/step-result.ts";
import { aWorkflow, entityOf, inputEntity, interpret, type World } from "./a-run.ts";

const call = (id: string, more: object = {}) => ({ id, skill: "s", ...more });

/** A source as text: `=place` for a copy, `~a,b` for what was computed, else its members. */
function shown(source: Source | undefined): unknown {
  if (source === undefined) return undefined;
  if ("at" in source) return `=${place(source.at)}`;
  if ("from" in source) return `~${source.from.map(place).join(",")}`;
  if (isListOfSources(source.members)) return source.members.map(shown);
  return Object.fromEntries(Object.entries(source.members).map(([key, member]) => [key, shown(member)]));
}

const names = new Map([[inputEntity, "input"]]);
for (const path of ["a", "b", "both/c", "both/inside/d", "each[0]/e", "each[1]/e", "if/if_true/f"]) {
  names.set(entityOf(path), path);
}

function place({ ecsId, steps }: { ecsId: string; steps: (string | number)[] }): string {
  return [names.get(ecsId) ?? ecsId, ...steps.map((step) => (typeof step === "number" ? `#${step}` : step))].join(" ");
}

/** Where the inputs of the last step came from, by name. */
async function sourcesOf(steps: object[], inputs: object, world: World = {}): Promise<Record<string, unknown>> {
  const { calls, outcome } = await interpret(aWorkflow([...steps, call("reads", { inputs })]), world);
  expect(outcome.state).toBe("succeeded");
  const last = calls.at(-1)?.inputs.sources ?? {};
  return Object.fromEntries(Object.entries(last).map(([key, source]) => [key, shown(source)]));
}

it("a value that is taken whole is a copy of what lies at its place", async () => {
  const outputs = { x: [{ y: 1 }, null], "a key": { "0": [5] } };
  const inputs = {
    all: "{{ steps.a.outputs }}",
    deep: "{{ steps.a.outputs.x[0].y }}",
    none: "{{ steps.a.outputs.x[1] }}",
    odd: "{{ steps.a.outputs['a key']['0'][0] }}",
    given: "{{ workflow.input.list[1] }}",
    whole: "{{ workflow.input }}",
    spaced: "  {{  steps.a.outputs.x  }}\n",
  };
  expect(await sourcesOf([call("a")], inputs, { calls: { a: { outputs } }, input: { list: [1, 2] } })).toEqual({
    all: "=a",
    deep: "=a x #0 y",
    none: "=a x #1",
    odd: "=a a key 0 #0",
    given: "=input list #1",
    whole: "=input",
    spaced: "=a x",
  });
});

it("what is computed came from all that was read for it", async () => {
  const inputs = {
    sum: "{{ steps.a.outputs.n + steps.b.outputs.n + steps.a.outputs.n }}",
    text: "{{ steps.a.outputs.n }} of {{ workflow.input.n }}",
    choice: "{{ has(steps.a) ? steps.a.outputs.n : workflow.input.n }}",
    asked: "{{ has(steps.b) }}",
    loop: "{{ steps.a.outputs.list.map(v, v.x) }}",
    index: "{{ steps.a.outputs.list[int(workflow.input.n)] }}",
    maybe: "{{ has(steps.a.outputs.list[0].none.deeper) }}",
    nothing: "{{ 1 + 1 }}",
    run: "{{ run.id }}",
    words: "plain",
  };
  const calls = { a: { outputs: { n: 1, list: [{ x: 1 }] } }, b: { outputs: { n: 2 } } };
  expect(await sourcesOf([call("a"), call("b")], inputs, { calls, input: { n: 0 } })).toEqual({
    sum: "~a n,b n",
    text: "~a n,input n",
    choice: "~a n,input n",
    asked: "~b",
    loop: "~a list",
    index: "~a list,input n",
    maybe: "~a list #0",
    nothing: "~",
    run: "~",
    words: "~",
  });
});

it("lists and maps of the document have members, each from where it came", async () => {
  const inputs = { list: ["{{ steps.a.outputs.done }}", "x", { deep: "{{ size(steps.a.outputs.done) }}" }, []] };
  expect(await sourcesOf([call("a")], inputs)).toEqual({ list: ["=a done", "~", { deep: "~a done" }, []] });
});

it("the way leads through names, steps with others inside, and lists of maps", async () => {
  const steps = [
    call("a", { outputs: "named" }),
    {
      id: "both",
      step_type: "parallel",
      branches: {
        steps: [
          call("c"),
          { id: "inside", step_type: "sequential", branches: { steps: [call("d", { outputs: "it" })] } },
        ],
      },
    },
    { id: "if", step_type: "conditional", condition: "1 < 2", branches: { if_true: [call("f")] } },
    { id: "each", step_type: "map", outputs: "all", branches: { over: [1, 2], steps: [call("e")] } },
  ];
  const inputs = {
    alias: "{{ steps.a.outputs }}",
    inAlias: "{{ steps.a.outputs.named.done }}",
    parallel: "{{ steps.both.outputs }}",
    deep: "{{ steps.both.outputs.inside.d.it.done }}",
    own: "{{ steps.d.outputs.it.done }}",
    step: "{{ steps.both }}",
    branch: "{{ has(steps.if.outputs.f) ? 1 : 2 }}",
    map: "{{ steps.each.outputs.all }}",
    item: "{{ steps.each.outputs.all[1].done }}",
    size: "{{ size(steps.each.outputs.all) }}",
  };
  expect(await sourcesOf(steps, inputs)).toEqual({
    alias: { named: "=a" },
    inAlias: "=a done",
    parallel: { c: "=both/c", inside: { d: { it: "=both/inside/d" } } },
    deep: "=both/inside/d done",
    own: "=both/inside/d done",
    step: { outputs: { c: "=both/c", inside: { d: { it: "=both/inside/d" } } } },
    branch: "~if/if_true/f",
    map: ["=each[0]/e", "=each[1]/e"],
    item: "=each[1]/e done",
    size: "~each[0]/e,each[1]/e",
  });
});

it("an item is what lies at its place in the list that its map goes over", async () => {
  const inputs = { item: "{{ item }}", part: "{{ item.x }}", both: ["{{ item.x + 1 }}"] };
  const ofItems = async (over: unknown, before: object[] = []) => {
    const each = { id: "each", step_type: "map", branches: { over, steps: [call("e", { inputs })] } };
    const calls = { a: { outputs: { list: [{ x: 1 }, { x: 2 }] } } };
    const happened = await interpret(aWorkflow([...before, each]), { calls, input: { list: [{ x: 1 }] } });
    return Object.values(happened.calls.at(-1)?.inputs.sources ?? {}).map(shown);
  };
  expect(await ofItems("{{ steps.a.outputs.list }}", [call("a")])).toEqual([
    "=a list #1",
    "=a list #1 x",
    ["~a list #1 x"],
  ]);
  expect(await ofItems("{{ workflow.input.list }}")).toEqual([
    "=input list #0",
    "=input list #0 x",
    ["~input list #0 x"],
  ]);
  // Of a list that was computed, every part was computed from the same.
  expect(await ofItems("{{ workflow.input.list + [] }}")).toEqual(["~input list", "~input list", ["~input list"]]);
  expect(await ofItems([{ x: 1 }])).toEqual([{ x: "~" }, "~", ["~"]]);
});

it("answers of people come from nobody's data", async () => {
  const ask = { id: "ask", step_type: "approval", message: "Well?", outputs: "answer" };
  const inputs = { by: "{{ steps.ask.outputs.answer.by }}", all: "{{ steps.ask.outputs }}" };
  expect(await sourcesOf([ask], inputs)).toEqual({ by: "~", all: { answer: "~" } });
});

it("outputs of the whole know where they came from, those of the last step too", async () => {
  const outputs = { copy: "{{ steps.a.outputs.done }}", sum: "{{ steps.a.outputs.done + '!' }}" };
  const sourcesOfWhole = async (more: object) => {
    const { outcome } = await interpret(aWorkflow([call("a")], { ...more }));
    if (outcome.state === "failed") throw new Error(outcome.failure.message);
    return Object.entries(outcome.outputs.sources).map(([key, source]) => [key, shown(source)]);
  };
  expect(await sourcesOfWhole({ outputs })).toEqual([
    ["copy", "=a done"],
    ["sum", "~a done"],
  ]);
  expect(await sourcesOfWhole({})).toEqual([["done", "=a done"]]);
});
