import fc from "fast-check";
import { expect, test } from "vitest";
import { documentOfValue } from "../../../src/domain/document/document-of-value.ts";
import { isMap, type JsonValue, own, valueAt } from "../../../src/domain/document/json-value.ts";
import { tokensOf } from "../../../src/domain/pointer.ts";
import { checkWorkflow } from "../../../src/domain/workflow/check-workflow.ts";
import { type ModelStep, readsInVain } from "./every-way.ts";

const ids = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"];
const metadata = { id: "flow", name: "Flow", version: "1.0.0", description: "Flows." };

/** Steps without ids: `nth` says later which id each gets, and each call which one it reads. */
const shape = fc.letrec<{ step: Shape; list: Shape[] }>((tie) => ({
  list: fc.array(tie("step"), { minLength: 1, maxLength: 3 }),
  step: fc.record({
    type: fc.oneof(
      { depthSize: "small" },
      { weight: 3, arbitrary: fc.constant<ModelStep["type"]>("call") },
      {
        weight: 1,
        arbitrary: fc.constantFrom<ModelStep["type"]>("sequential", "parallel", "conditional", "switch", "map"),
      },
    ),
    isConditional: fc.integer({ min: 0, max: 4 }).map((n) => n === 0),
    // Half of the calls read nothing.
    reads: fc.nat(23),
    shares: fc.boolean(),
    isClosed: fc.boolean(),
    first: fc.oneof({ depthSize: "small", maxDepth: 3 }, fc.constant<Shape[]>([]), tie("list")),
    second: fc.oneof({ depthSize: "small", maxDepth: 3 }, fc.constant<Shape[]>([]), tie("list")),
  }),
}));

interface Shape {
  type: ModelStep["type"];
  isConditional: boolean;
  reads: number;
  /** Whether the second branch of a choice takes the ids of the first. */
  shares: boolean;
  /** Whether one branch is always taken. */
  isClosed: boolean;
  first: Shape[];
  second: Shape[];
}

test("a reference is refused exactly where some way through the workflow has it read a step that did not run", () => {
  let compared = 0;
  let refused = 0;
  fc.assert(
    fc.property(shape.list, (shapes) => {
      const steps = namedSteps(shapes, { next: 0 });
      if (steps === null) return;
      const { failed, isComplete } = readsInVain(steps, 4000);
      if (!isComplete) return;
      const { document } = documentOfValue({ metadata, steps: steps.map(written) });
      if (document === null) throw new Error("the test's own document cannot be read");
      const { issues } = checkWorkflow(document, { name: null });
      const found = issues.map(({ path }) => callAt(document.value, path));
      // Shared ids: one of them is enough.
      expect([...new Set(found)].sort()).toEqual([...failed].sort());
      compared += 1;
      refused += failed.size > 0 ? 1 : 0;
    }),
    { numRuns: 1500 },
  );
  expect(compared).toBeGreaterThan(300);
  expect(refused).toBeGreaterThan(100);
  expect(compared - refused).toBeGreaterThan(30);
});

/** Null where there are more steps than ids. */
function namedSteps(shapes: readonly Shape[], names: { next: number }): ModelStep[] | null {
  const steps: ModelStep[] = [];
  for (const shape of shapes) {
    const id = ids[names.next++];
    if (id === undefined) return null;
    const isLeaf = shape.type === "call" || shape.first.length === 0;
    const branches = isLeaf ? {} : branchesOf(shape, names);
    if (branches === null) return null;
    const isChoice = shape.type === "conditional" || shape.type === "switch";
    steps.push({
      id,
      type: isLeaf ? "call" : shape.type,
      isConditional: shape.isConditional && (isLeaf || !isChoice),
      reads: isLeaf && shape.reads < ids.length ? (ids[shape.reads % names.next] ?? null) : null,
      branches,
    });
  }
  return steps;
}

function branchesOf(
  { type, first, second, shares, isClosed }: Shape,
  names: { next: number },
): Record<string, ModelStep[]> | null {
  const start = names.next;
  const one = namedSteps(first, names);
  if (one === null) return null;
  if (type !== "conditional" && type !== "switch") return { steps: one };
  const after = names.next;
  if (shares) names.next = start;
  const other = namedSteps(second, names);
  names.next = Math.max(after, names.next);
  if (other === null) return null;
  const [key, last] = type === "switch" ? ["x", "default"] : ["if_true", "if_false"];
  return isClosed ? { [key]: one, [last]: other } : { [key]: one };
}

function written(step: ModelStep): object {
  const { id, type, branches, reads, isConditional } = step;
  const lists = Object.entries(branches).map(([key, steps]) => [key, steps.map(written)]);
  const condition =
    isConditional || type === "conditional" || type === "switch" ? { condition: "workflow.input.x" } : {};
  if (type === "call")
    return { id, skill: "plan", ...condition, inputs: reads === null ? {} : { x: `{{ steps.${reads}.outputs }}` } };
  return {
    id,
    step_type: type,
    ...condition,
    branches: { ...(type === "map" ? { over: [1] } : {}), ...Object.fromEntries(lists) },
  };
}

/** The id of the call whose input a finding is about. */
function callAt(root: JsonValue, path: string): string {
  const step = valueAt(root, tokensOf(path).slice(0, -2));
  const id = isMap(step) ? own(step, "id") : undefined;
  return typeof id === "string" ? id : `nothing at ${path}`;
}
