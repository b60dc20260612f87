import { own } from "../document/json-value.ts";
import { keyOf } from "./compare-values.ts";
import { evaluateLoop } from "./evaluate-loop.ts";
import { knownFunctions } from "./functions.ts";
import { missingKey, writtenPath } from "./missing-key.ts";
import { type Answer, negate, operators } from "./operators.ts";
import type { StepMeter } from "./step-meter.ts";
import type { Surroundings } from "./surroundings.ts";
import type { SyntaxNode } from "./syntax-node.ts";
import { isList, isMapValue, listOf, type MapKey, mapOf, NoValue, readJson, typeName, type Value } from "./value.ts";

/** Evaluates one part of an expression. Throws `TooManySteps` only. */
export function evaluateNode(node: SyntaxNode, around: Surroundings): Value | NoValue {
  around.meter.take(1);
  switch (node.kind) {
    case "constant":
      return node.value;
    case "name":
      return evaluateName(node, around);
    case "select":
      return evaluateSelect(node, around);
    case "has":
      return evaluateHas(node, around);
    case "index":
      return evaluateIndex(node, around);
    case "call":
      return evaluateCall(node, around);
    case "and":
      return eitherSide(node, around, false);
    case "or":
      return eitherSide(node, around, true);
    case "choice": {
      const condition = evaluateNode(node.condition, around);
      if (condition instanceof NoValue) return condition;
      if (typeof condition !== "boolean")
        return new NoValue(`what stands before ? is true or false, not ${typeName(condition)}`, node.condition.at);
      return evaluateNode(condition ? node.yes : node.no, around);
    }
    case "list": {
      const items = allOf(node.items, around);
      return items instanceof NoValue ? items : listOf(items);
    }
    case "map":
      return evaluateMap(node, around);
    case "loop":
      return evaluateLoop(node, around, evaluateNode);
  }
}

type Kind<Name extends SyntaxNode["kind"]> = Extract<SyntaxNode, { kind: Name }>;

function evaluateName(
  { name, isAbsolute, at }: Kind<"name">,
  { scope, variables, read }: Surroundings,
): Value | NoValue {
  for (let variable = isAbsolute ? null : variables; variable !== null; variable = variable.outer)
    if (variable.name === name) return variable.value;
  const json = own(scope, name);
  return json === undefined ? new NoValue(`there is no ${name} here`, at) : readJson(json, read);
}

function evaluateSelect(node: Kind<"select">, around: Surroundings): Value | NoValue {
  const of = evaluateNode(node.of, around);
  if (of instanceof NoValue) return of;
  const found = isMapValue(of) ? of.get(node.key) : undefined;
  return found ?? (found === null ? null : missingKey(node.of, of, node.key, node.at));
}

/** False where any part of the path is missing: a step that was skipped has no outputs to ask. */
function evaluateHas(node: Kind<"has">, around: Surroundings): Value | NoValue {
  const found = lookUp({ ...node, kind: "select" }, around);
  return found instanceof NoValue ? found : found !== undefined;
}

/** What a path leads to; undefined where a part of it is missing or null. */
function lookUp(node: SyntaxNode, around: Surroundings): Value | NoValue | undefined {
  if (node.kind !== "select" && node.kind !== "index") return evaluateNode(node, around);
  around.meter.take(1);
  const of = lookUp(node.of, around);
  if (of === undefined || of instanceof NoValue) return of;
  if (of === null) return undefined;
  const index = node.kind === "select" ? node.key : evaluateNode(node.index, around);
  if (index instanceof NoValue) return index;
  const key = keyOf(index);
  if (isMapValue(of)) return key === null ? undefined : of.get(key);
  if (isList(of) && typeof key === "bigint") return key >= 0n && key < BigInt(of.size) ? of.at(Number(key)) : undefined;
  return new NoValue(`has() looks into objects, and ${writtenPath(node.of)} is ${typeName(of)}`, node.at);
}

function evaluateIndex(node: Kind<"index">, around: Surroundings): Value | NoValue {
  const of = evaluateNode(node.of, around);
  if (of instanceof NoValue) return of;
  const index = evaluateNode(node.index, around);
  if (index instanceof NoValue) return index;
  const key = keyOf(index);
  if (isMapValue(of)) {
    const found = key === null ? undefined : of.get(key);
    return found ?? (found === null ? null : missingKey(node.of, of, key ?? typeName(index), node.at));
  }
  if (!isList(of)) return new NoValue(`[…] looks into an array or an object, not into ${typeName(of)}`, node.at);
  if (typeof key !== "bigint")
    return new NoValue(`an array's index is an integer, not ${typeName(index)}`, node.index.at);
  const found = key >= 0n && key < BigInt(of.size) ? of.at(Number(key)) : undefined;
  if (found !== undefined) return found;
  return new NoValue(
    `there is no [${key}]: the array has ${of.size === 1 ? "one item" : `${of.size} items`}, counted from 0`,
    node.at,
  );
}

function evaluateCall(node: Kind<"call">, around: Surroundings): Value | NoValue {
  const written = node.target === null ? node.args : [node.target, ...node.args];
  const args = allOf(written, around);
  if (args instanceof NoValue) return args;
  const answer = answerTo(node, args, around.meter);
  return "value" in answer ? answer.value : new NoValue(answer.problem, node.at);
}

function answerTo({ name, target }: Kind<"call">, args: Value[], meter: StepMeter): Answer {
  const [first, second] = args;
  const operator = operators.get(name);
  if (operator !== undefined && first !== undefined && second !== undefined) return operator(first, second, meter);
  if (name === "-_" && first !== undefined) return negate(first);
  if (name === "!_")
    return typeof first === "boolean"
      ? { value: !first }
      : { problem: `! wants true or false, not ${typeName(first ?? null)}` };
  const known = knownFunctions.get(name);
  if (known === undefined) return { problem: `there is no function ${name}()` };
  if (args.length !== known.takes || !(target === null ? known.isFunction : known.isMethod))
    return { problem: `${name}() is called as ${known.usage}` };
  return known.call(args, meter);
}

/** `&&` and `||`: one side that decides is enough, even where the other has no value. */
function eitherSide(node: Kind<"and" | "or">, around: Surroundings, decides: boolean): Value | NoValue {
  const left = truth(node.left, evaluateNode(node.left, around), node.kind);
  if (left === decides) return left;
  const right = truth(node.right, evaluateNode(node.right, around), node.kind);
  if (right === decides) return right;
  return left instanceof NoValue ? left : right;
}

function truth(node: SyntaxNode, value: Value | NoValue, kind: "and" | "or"): boolean | NoValue {
  if (typeof value === "boolean" || value instanceof NoValue) return value;
  return new NoValue(`${kind === "and" ? "&&" : "||"} joins what is true or false, not ${typeName(value)}`, node.at);
}

function allOf(nodes: readonly SyntaxNode[], around: Surroundings): Value[] | NoValue {
  const values: Value[] = [];
  for (const node of nodes) {
    const value = evaluateNode(node, around);
    if (value instanceof NoValue) return value;
    values.push(value);
  }
  return values;
}

function evaluateMap(node: Kind<"map">, around: Surroundings): Value | NoValue {
  const entries = new Map<MapKey, Value>();
  for (const [keyNode, valueNode] of node.entries) {
    const written = evaluateNode(keyNode, around);
    if (written instanceof NoValue) return written;
    const key = keyOf(written);
    if (key === null) return new NoValue(`a map's key is a string, not ${typeName(written)}`, keyNode.at);
    if (entries.has(key)) return new NoValue(`the key ${JSON.stringify(String(key))} is there twice`, keyNode.at);
    const value = evaluateNode(valueNode, around);
    if (value instanceof NoValue) return value;
    entries.set(key, value);
  }
  return mapOf(entries);
}
