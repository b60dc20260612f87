import type { Surroundings } from "./surroundings.ts";
import type { SyntaxNode } from "./syntax-node.ts";
import { isList, isMapValue, listOf, NoValue, typeName, type Value } from "./value.ts";

type Loop = Extract<SyntaxNode, { kind: "loop" }>;

/** How the parts of a loop are evaluated. */
export type Evaluate = (node: SyntaxNode, around: Surroundings) => Value | NoValue;

/** Evaluates `all`, `exists`, `exists_one`, `map` or `filter`, over a list's items or a map's keys. */
export function evaluateLoop(node: Loop, around: Surroundings, evaluate: Evaluate): Value | NoValue {
  const over = evaluate(node.over, around);
  if (over instanceof NoValue) return over;
  const items = itemsOf(over);
  if (items === null) return new NoValue(`${node.loop}() walks an array or an object, not ${typeName(over)}`, node.at);
  switch (node.loop) {
    case "all":
      return decide(node, items, around, evaluate, false);
    case "exists":
      return decide(node, items, around, evaluate, true);
    case "exists_one":
      return countOne(node, items, around, evaluate);
    case "map":
    case "filter":
      return collect(node, items, around, evaluate);
  }
}

/** `all` is decided by one false, `exists` by one true, even where other items have no value. */
function decide(
  node: Loop,
  items: Iterable<Value>,
  around: Surroundings,
  evaluate: Evaluate,
  decides: boolean,
): Value | NoValue {
  let missing: NoValue | null = null;
  for (const item of items) {
    const holds = holdsFor(node, item, around, evaluate);
    if (holds === decides) return decides;
    if (holds instanceof NoValue) missing ??= holds;
  }
  return missing ?? !decides;
}

function countOne(node: Loop, items: Iterable<Value>, around: Surroundings, evaluate: Evaluate): Value | NoValue {
  let count = 0;
  for (const item of items) {
    const holds = holdsFor(node, item, around, evaluate);
    if (holds instanceof NoValue) return holds;
    if (holds) count++;
  }
  return count === 1;
}

function collect(node: Loop, items: Iterable<Value>, around: Surroundings, evaluate: Evaluate): Value | NoValue {
  const collected: Value[] = [];
  for (const item of items) {
    const holds = holdsFor(node, item, around, evaluate);
    if (holds instanceof NoValue) return holds;
    if (!holds) continue;
    const value = node.each === null ? item : evaluate(node.each, within(node, item, around));
    if (value instanceof NoValue) return value;
    collected.push(value);
  }
  return listOf(collected);
}

function holdsFor(node: Loop, item: Value, around: Surroundings, evaluate: Evaluate): boolean | NoValue {
  around.meter.take(1);
  if (node.only === null) return true;
  const holds = evaluate(node.only, within(node, item, around));
  if (typeof holds === "boolean" || holds instanceof NoValue) return holds;
  return new NoValue(`${node.loop}() wants a condition, which is true or false, not ${typeName(holds)}`, node.only.at);
}

function within({ variable }: Loop, value: Value, around: Surroundings): Surroundings {
  return { ...around, variables: { name: variable, value, outer: around.variables } };
}

function itemsOf(value: Value): Iterable<Value> | null {
  if (isMapValue(value)) return value.keys();
  return isList(value) ? walk(value.size, value.at) : null;
}

function* walk(size: number, at: (index: number) => Value | undefined): Generator<Value> {
  for (let index = 0; index < size; index++) {
    const item = at(index);
    if (item !== undefined) yield item;
  }
}
