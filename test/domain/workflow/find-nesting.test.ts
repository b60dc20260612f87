import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findNesting } from "../../../src/domain/workflow/find-nesting.ts";

/** Calls between workflows, by the step that makes each: `{ a: ["b"] }` is step `b` of `a` calling `b`. */
function nestingOf(root: string, calls: Record<string, string[]>) {
  const told = Object.entries(calls).map(([from, to]): [string, { workflow: string; step: string }[]] => [
    from,
    to.map((workflow) => ({ workflow, step: `to_${workflow}` })),
  ]);
  return findNesting(root, new Map(told));
}

describe("workflows that call each other", () => {
  test("are as deep as the longest way down", () => {
    expect(nestingOf("a", {})).toEqual({ circle: null, depth: 1, deepest: ["a"] });
    expect(nestingOf("a", { a: ["b", "c"], b: ["d"], c: ["b"] })).toEqual({
      circle: null,
      depth: 4,
      deepest: ["a", "c", "b", "d"],
    });
  });

  test("in a circle are told with the steps that call", () => {
    expect(nestingOf("a", { a: ["a"] }).circle).toEqual(["a (step to_a)", "a"]);
    expect(nestingOf("a", { a: ["x", "b"], b: ["c"], c: ["b"] }).circle).toEqual([
      "b (step to_c)",
      "c (step to_b)",
      "b",
    ]);
  });

  test("any calls: a circle is found exactly where one can be walked", () => {
    const names = ["a", "b", "c", "d", "e"];
    const edges = fc.dictionary(fc.constantFrom(...names), fc.uniqueArray(fc.constantFrom(...names)));
    fc.assert(
      fc.property(edges, (calls) => {
        const reachable = reachedFrom(["a"], calls);
        const isCircular = [...reachable].some((name) => reachedFrom(calls[name] ?? [], calls).has(name));
        expect(nestingOf("a", calls).circle !== null).toBe(isCircular);
      }),
    );
  });
});

function reachedFrom(start: readonly string[], calls: Record<string, string[]>): Set<string> {
  const reached = new Set(start);
  for (const name of reached) for (const next of calls[name] ?? []) reached.add(next);
  return reached;
}
