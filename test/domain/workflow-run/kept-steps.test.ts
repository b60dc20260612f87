import { describe, expect, it } from "vitest";
import { hasPath, isKept } from "../../../src/domain/workflow-run/kept-steps.ts";
import { aWorkflow, interpret } from "./a-run.ts";

const call = (id: string) => ({ id, skill: "s", compensate: { skill: "undo" } });
const document = aWorkflow([
  call("first"),
  {
    id: "both",
    step_type: "parallel",
    branches: {
      steps: [
        { id: "left", step_type: "sequential", branches: { steps: [call("a"), call("b"), call("c")] } },
        { id: "right", step_type: "sequential", branches: { steps: [call("d"), call("e")] } },
      ],
    },
  },
  {
    id: "route",
    step_type: "switch",
    condition: "workflow.input.kind",
    branches: { "so / so": [call("f"), call("g")], default: [call("h")] },
  },
  {
    id: "if",
    step_type: "conditional",
    condition: "1 < 2",
    branches: { if_true: [call("k")] },
  },
  {
    id: "each",
    step_type: "map",
    branches: {
      over: [1, 2, 3],
      steps: [
        call("i"),
        { id: "inner", step_type: "map", branches: { over: [1, 2], steps: [call("j"), call("l")] } },
        call("m"),
      ],
    },
  },
  call("last"),
]);

describe("hasPath", () => {
  it("knows every path that a run of the document tells of, but those that undo something", async () => {
    const kinds = await Promise.all(["so / so", "x"].map((kind) => interpret(document, { input: { kind } })));
    const paths = new Set(kinds.flatMap(({ notes }) => notes.map(({ path }) => path)));
    expect(paths.size).toBeGreaterThan(35);
    for (const path of paths) expect([path, hasPath(document, path)]).toEqual([path, true]);
    for (const path of paths) expect(hasPath(document, `${path}!undo`)).toBe(false);
  });

  it.each([
    "",
    "nothing",
    "first/a",
    "first[0]",
    "both/a",
    "both[0]/left",
    "both/",
    "/first",
    "first/",
    "each/i",
    "each[3",
    "each[03]/i",
    "each[-1]/i",
    "each[1]",
    "each[10000]/i",
    "each[99999999999999999999]/i",
    "each[1]/inner/j",
    "route/f",
    "route/so / so/f",
    "route/so%20%2f%20so/f",
    "route/so%20%2F%20so/h",
    "route/__proto__/f",
    "route/%/f",
    "if/if_false/k",
    "if/k",
    "constructor",
    "__proto__",
    `${"first/".repeat(400)}a`,
  ])("there can be no %s", (path) => {
    expect(hasPath(document, path)).toBe(false);
    expect(isKept(document, "last", path)).toBe(false);
    expect(isKept(document, path, "first")).toBe(false);
  });
});

describe("isKept", () => {
  it.each([
    // Before, at any level; beside; other items.
    ["last", "first"],
    ["last", "both/left/c"],
    ["last", "each[2]/inner[1]/l"],
    ["both/left/b", "first"],
    ["both/left/b", "both/left/a"],
    ["both/left/b", "both/right"],
    ["both/left/b", "both/right/e"],
    ["both/right", "both/left/c"],
    ["route/so%20%2F%20so/g", "route/so%20%2F%20so/f"],
    ["each[1]/inner[0]/l", "each[0]/m"],
    ["each[1]/inner[0]/l", "each[2]/i"],
    ["each[1]/inner[0]/l", "each[1]/i"],
    ["each[1]/inner[0]/l", "each[1]/inner[0]/j"],
    ["each[1]/inner[0]/l", "each[1]/inner[1]/l"],
  ])("run again from %s, what %s gave stands", (from, path) => {
    expect(isKept(document, from, path)).toBe(true);
  });

  it.each([
    // Itself, inside of it, around it, after it, in a branch that excludes it.
    ["first", "first"],
    ["first", "both/left/a"],
    ["first", "last"],
    ["both", "both"],
    ["both", "both/left/a"],
    ["both/left/b", "both"],
    ["both/left/b", "both/left"],
    ["both/left/b", "both/left/b"],
    ["both/left/b", "both/left/c"],
    ["both/left/b", "route/default/h"],
    ["route", "route/default/h"],
    ["route/default/h", "route/so%20%2F%20so/f"],
    ["route/so%20%2F%20so/f", "route/so%20%2F%20so/g"],
    ["each", "each[0]/i"],
    ["each[1]/inner", "each[1]/inner[0]/j"],
    ["each[1]/inner[0]/l", "each"],
    ["each[1]/inner[0]/l", "each[1]/inner"],
    ["each[1]/inner[0]/l", "each[1]/m"],
    ["each[1]/inner[0]/l", "last"],
    ["last", "first!undo"],
  ])("run again from %s, %s is done again", (from, path) => {
    expect(isKept(document, from, path)).toBe(false);
  });
});
