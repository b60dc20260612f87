import fc from "fast-check";
import { documentOfValue } from "../../../src/domain/document/document-of-value.ts";
import { isMap } from "../../../src/domain/document/json-value.ts";
import { type DataFlow, dataFlow, type Visible } from "../../../src/domain/workflow/data-flow.ts";
import { readSteps } from "../../../src/domain/workflow/read-steps.ts";
import {
  documentOfModel,
  type ModelCondition,
  type ModelExpression,
  type ModelRead,
  type ModelStep,
  type ModelWorkflow,
} from "./model-workflow.ts";

interface Shape {
  kind: ModelStep["kind"];
  seed: number;
  first: Shape[];
  second: Shape[];
}

const kinds: readonly ModelStep["kind"][] = ["sequence", "parallel", "conditional", "switch", "map"];
const { step: anyShape } = fc.letrec<{ step: Shape; list: Shape[] }>((tie) => ({
  list: fc.array(tie("step"), { minLength: 1, maxLength: 3 }),
  step: fc.record({
    kind: fc.oneof(
      { depthSize: "small" },
      { weight: 4, arbitrary: fc.constant<ModelStep["kind"]>("call") },
      { weight: 1, arbitrary: fc.constant<ModelStep["kind"]>("approval") },
      { weight: 4, arbitrary: fc.constantFrom(...kinds) },
    ),
    seed: fc.nat(),
    first: fc.oneof({ depthSize: "small", maxDepth: 3 }, fc.constant<Shape[]>([]), tie("list")),
    second: fc.oneof({ depthSize: "small", maxDepth: 3 }, fc.constant<Shape[]>([]), tie("list")),
  }),
}));

/** Workflows of all types of steps; their expressions read what is there to be read. */
export const arbitraryWorkflow: fc.Arbitrary<ModelWorkflow> = fc
  .record({
    shapes: fc.array(anyShape, { minLength: 2, maxLength: 5 }),
    onError: fc.constantFrom<ModelWorkflow["onError"]>("fail", "continue", "compensate"),
    seed: fc.nat(),
  })
  .map(({ shapes, onError, seed }) => {
    const dice = diceOf(seed);
    const steps = stepsOf(shapes, { next: 0 });
    const model: ModelWorkflow = { steps, outputs: null, onError, timeoutMs: dice(6) === 0 ? 1 + dice(15_000) : null };
    const written = documentOfValue({ steps: documentOfModel(model)[0] }).document?.value;
    if (!isMap(written)) throw new Error("the test's own model cannot be written");
    const flow = dataFlow(readSteps(written).steps);
    const known = { flow, byId: namedBy(steps) };
    const seeds = seedsOf(shapes);
    fill(steps, "/steps", known, () => diceOf(seeds.shift() ?? 0));
    const place = { known, sees: flow.atEnd, items: [] };
    if (dice(3) > 0) model.outputs = { x: anyExpression(place, dice), y: anyExpression(place, dice) };
    return model;
  });

/** Numbers below the one asked for, the same for the same seed. */
export function diceOf(seed: number): (below: number) => number {
  let state = (seed ^ 0x9e3779b9) >>> 0;
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x6d2b79f5) >>> 0;
    return ((state ^ (state >>> 13)) >>> 0) % below;
  };
}

function stepsOf(shapes: readonly Shape[], ids: { next: number }): ModelStep[] {
  return shapes.map((shape) => stepOf(shape, ids));
}

function stepOf({ kind, seed, first, second }: Shape, ids: { next: number }): ModelStep {
  const dice = diceOf(seed + 1);
  const mayBeSkipped = kind !== "conditional" && kind !== "switch" && dice(5) === 0;
  const condition: ModelCondition | null = mayBeSkipped ? { kind: "literal", value: true } : null;
  const any = { id: `s${ids.next++}`, condition, timeoutMs: dice(6) === 0 ? 1 + dice(6000) : null };
  const alias = dice(4) === 0 ? "named" : null;
  const inner = (shapes: readonly Shape[]): ModelStep[] =>
    stepsOf(shapes.length > 0 ? shapes : [{ kind: "call", seed, first: [], second: [] }], ids);
  switch (kind) {
    case "call":
      return { ...any, kind, inputs: {}, alias, undo: dice(2) === 0 ? {} : null, isChosen: dice(8) === 0 };
    case "approval": {
      const decides = any.timeoutMs === null || dice(2) === 0 ? null : dice(2) === 0 ? "approve" : "reject";
      return { ...any, kind, alias, default: decides, goesOn: dice(2) === 0 };
    }
    case "sequence":
    case "parallel":
      return { ...any, kind, steps: inner([...first, ...second]) };
    case "conditional":
    case "switch": {
      // Half of the choices have the same ids in both branches.
      const start = ids.next;
      const yes = inner(first);
      const middle = ids.next;
      if (dice(2) === 0) ids.next = start;
      const no = second.length === 0 && dice(2) === 0 ? null : inner(second);
      ids.next = Math.max(middle, ids.next);
      if (kind === "conditional") return { ...any, kind, condition: { kind: "literal", value: true }, yes, no };
      return {
        ...any,
        kind,
        by: { kind: "literal", value: "1" },
        cases: { "1": yes, ...(no === null ? {} : { default: no }) },
      };
    }
    case "map": {
      const over: ModelExpression = { kind: "list", of: [] };
      return { ...any, kind, over, lanes: 1 + dice(3), alias, steps: inner([...first, ...second]) };
    }
  }
}

function seedsOf(shapes: readonly Shape[]): number[] {
  return shapes.flatMap(({ seed, first, second }) => [seed, ...seedsOf(first), ...seedsOf(second)]);
}

interface Known {
  flow: DataFlow;
  byId: ReadonlyMap<string, readonly ModelStep[]>;
}

interface Place {
  known: Known;
  sees: Visible;
  items: readonly string[];
}

/** Gives the steps expressions of what can be read where they stand. */
function fill(
  steps: readonly ModelStep[],
  pointer: string,
  known: Known,
  nextDice: () => (below: number) => number,
): void {
  for (const [index, step] of steps.entries()) {
    const path = `${pointer}/${index}`;
    const flow = known.flow.steps.find((one) => one.path === path);
    if (flow === undefined) throw new Error(`no order knows ${path}`);
    const dice = nextDice();
    const place = { known, sees: flow.sees, items: flow.items };
    if (step.kind === "conditional" || step.condition !== null) step.condition = anyCondition(place, dice);
    switch (step.kind) {
      case "call":
        for (let n = dice(4); n > 0; n--) step.inputs[`i${n}`] = anyExpression(place, dice);
        if (step.undo !== null && isOneOf(known.byId.get(step.id) ?? []))
          step.undo.of = { kind: "copy", read: ofStep(step.id, [...aliasOf(step), "v"]) };
        break;
      case "approval":
        break;
      case "sequence":
      case "parallel":
        fill(step.steps, `${path}/branches/steps`, known, nextDice);
        break;
      case "conditional":
        fill(step.yes, `${path}/branches/if_true`, known, nextDice);
        if (step.no !== null) fill(step.no, `${path}/branches/if_false`, known, nextDice);
        break;
      case "switch":
        step.by = { kind: "copy", read: pick(readsOf(place, "v"), dice) };
        for (const [key, inner] of Object.entries(step.cases)) fill(inner, `${path}/branches/${key}`, known, nextDice);
        break;
      case "map": {
        const reads = readsOf(place, "list");
        step.over =
          dice(4) === 0
            ? { kind: "list", of: [anyExpression(place, dice)] }
            : { kind: "copy", read: pick(reads, dice) };
        fill(step.steps, `${path}/branches/steps`, known, nextDice);
      }
    }
  }
}

function anyCondition(place: Place, dice: (below: number) => number): ModelCondition {
  const maybe = callsSeen(place, "maybe");
  if (dice(4) === 0) return { kind: "literal", value: dice(4) > 0 };
  if (maybe.length > 0 && dice(2) === 0) {
    const step = pick(maybe, dice);
    return { kind: "flag", read: ofStep(step.id, [...aliasOf(step), "flag"]), isGuarded: true };
  }
  return { kind: "flag", read: pick(readsOf(place, "flag"), dice), isGuarded: false };
}

function anyExpression(place: Place, dice: (below: number) => number): ModelExpression {
  const maybe = [...place.sees].filter(([, presence]) => presence === "maybe").map(([id]) => id);
  const calls = callsSeen(place, "maybe");
  switch (dice(9)) {
    case 0:
      return { kind: "literal", value: pick([1, "x", null, { a: [true] }], dice) };
    case 1:
      return { kind: "list", of: [anyExpression(place, dice), { kind: "literal", value: "x" }] };
    case 2:
      return { kind: "sum", read: pick(readsOf(place, "v"), dice) };
    case 3:
      return { kind: "text", read: pick(wholeReads(place), dice) };
    case 4:
    case 5:
      if (calls.length > 0 && dice(2) === 0) {
        const step = pick(calls, dice);
        return { kind: "guarded", read: ofStep(step.id, [...aliasOf(step), "v"]) };
      }
      if (maybe.length > 0) return { kind: "present", name: pick(maybe, dice) };
  }
  const items = place.items.map((name): ModelRead => ({ of: "item", name, path: [] }));
  return { kind: "copy", read: pick([...items, ...items, ...wholeReads(place), ...readsOf(place, "v")], dice) };
}

/** Reads of one key of what calls give, and of the input's. */
function readsOf(place: Place, key: "v" | "flag" | "list"): ModelRead[] {
  const input: ModelRead = { of: "input", name: key, path: [] };
  return [input, ...callsSeen(place, "sure").map((step) => ofStep(step.id, [...aliasOf(step), key]))];
}

/** Reads of all that a step gives, and of parts of what has steps inside. */
function wholeReads(place: Place): ModelRead[] {
  const reads = seen(place, "sure").flatMap((step) => pathsIn(step, place).map((path) => ofStep(step.id, path)));
  return [{ of: "input", name: "list", path: [] }, ...reads];
}

function pathsIn(step: ModelStep, { known }: Place): string[][] {
  const alias = aliasOf(step);
  if (step.kind === "call") return [[], alias];
  if (step.kind === "approval") return [[...alias, "approved"]];
  if (step.kind === "map") return [[], alias, [...alias, "0"]];
  const flow = known.flow.steps.find((one) => one.id === step.id);
  const children = [...(flow?.children ?? [])].filter(([, presence]) => presence === "sure");
  const deeper = children.flatMap(([id]): string[][] => {
    const [child, ...others] = known.byId.get(id) ?? [];
    return child === undefined || others.length > 0 ? [[id]] : [[id], [id, ...aliasOf(child)]];
  });
  return [[], ...deeper];
}

/** Steps that can be asked for, without those that share their id with others of another kind. */
function seen({ known, sees }: Place, presence: "sure" | "maybe"): ModelStep[] {
  return [...sees].flatMap(([id, found]) => {
    const [step, ...others] = known.byId.get(id) ?? [];
    const isOne = step !== undefined && isOneOf([step, ...others]);
    return isOne && found === presence && (others.length === 0 || step.kind === "call") ? [step] : [];
  });
}

/** Whether steps that share an id give things of one form. */
function isOneOf([step, ...others]: readonly ModelStep[]): boolean {
  if (step === undefined) return false;
  return others.every((other) => other.kind === step.kind && aliasOf(other)[0] === aliasOf(step)[0]);
}

function callsSeen(place: Place, presence: "sure" | "maybe"): ModelStep[] {
  return seen(place, presence).filter((step) => step.kind === "call");
}

function aliasOf(step: ModelStep): string[] {
  return "alias" in step && step.alias !== null ? [step.alias] : [];
}

function ofStep(name: string, path: string[]): ModelRead {
  return { of: "step", name, path };
}

function namedBy(steps: readonly ModelStep[]): Map<string, ModelStep[]> {
  const found = new Map<string, ModelStep[]>();
  const collect = (list: readonly ModelStep[]): void => {
    for (const step of list) {
      found.set(step.id, [...(found.get(step.id) ?? []), step]);
      if ("steps" in step) collect(step.steps);
      if (step.kind === "conditional") collect([...step.yes, ...(step.no ?? [])]);
      if (step.kind === "switch") collect(Object.values(step.cases).flat());
    }
  };
  collect(steps);
  return found;
}

function pick<Value>(values: readonly Value[], dice: (below: number) => number): Value {
  const value = values[dice(values.length)];
  if (value === undefined) throw new Error("there is nothing to choose from");
  return value;
}
