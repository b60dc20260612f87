import { limits } from "../../contract/limits.ts";
import { areEqual, compareValues, isNumber, keyOf } from "./compare-values.ts";
import type { StepMeter } from "./step-meter.ts";
import { isList, isMapValue, type ListValue, listOf, typeName, type Value } from "./value.ts";

/** What an operator or function gives: a value, or why there is none. */
export type Answer = { value: Value } | { problem: string };

/** An operator of two sides. */
export type Operator = (left: Value, right: Value, meter: StepMeter) => Answer;

/** CEL's operators, by the names that the parser gives them. `&&`, `||` and `? :` are parts of their own. */
export const operators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ["_==_", (left, right, meter) => ({ value: areEqual(left, right, meter) })],
  ["_!=_", (left, right, meter) => ({ value: !areEqual(left, right, meter) })],
  ["_<_", ordered("<", (order) => order < 0)],
  ["_<=_", ordered("<=", (order) => order <= 0)],
  ["_>_", ordered(">", (order) => order > 0)],
  ["_>=_", ordered(">=", (order) => order >= 0)],
  ["_+_", add],
  [
    "_-_",
    arithmetic(
      "-",
      (a, b) => a - b,
      (a, b) => a - b,
    ),
  ],
  [
    "_*_",
    arithmetic(
      "*",
      (a, b) => a * b,
      (a, b) => a * b,
    ),
  ],
  [
    "_/_",
    arithmetic(
      "/",
      (a, b) => (b === 0n ? null : a / b),
      (a, b) => a / b,
    ),
  ],
  ["_%_", arithmetic("%", (a, b) => (b === 0n ? null : a % b), null)],
  ["@in", isIn],
]);

/** An operator as it is written: `_+_` is `+`. */
export function symbolOf(name: string): string {
  return name === "@in" ? "in" : name.replaceAll("_", "");
}

/** `-x`. */
export function negate(value: Value): Answer {
  if (typeof value === "bigint") return inRange(-value, `-(${value})`);
  return typeof value === "number" ? { value: -value } : { problem: `- wants a number, not ${typeName(value)}` };
}

function ordered(symbol: string, holds: (order: number) => boolean): Operator {
  return (left, right, meter) => {
    const order = compareValues(left, right, meter);
    if (order === null) return { problem: `${symbol} cannot compare ${typeName(left)} with ${typeName(right)}` };
    return { value: holds(order) };
  };
}

type Whole = (left: bigint, right: bigint) => bigint | null;
type Fraction = (left: number, right: number) => number;

/** Two integers give an integer; with a float among them both are floats, because JSON's 2 may be a float's 2.0. */
function arithmetic(symbol: string, whole: Whole, fraction: Fraction | null): Operator {
  return (left, right) => {
    if (typeof left === "bigint" && typeof right === "bigint") {
      const result = whole(left, right);
      return result === null
        ? { problem: `${left} ${symbol} 0: division by zero` }
        : inRange(result, `${left} ${symbol} ${right}`);
    }
    if (isNumber(left) && isNumber(right) && fraction !== null) return { value: fraction(Number(left), Number(right)) };
    const wanted = fraction === null ? "two integers" : "two numbers";
    return { problem: `${symbol} wants ${wanted}, not ${typeName(left)} and ${typeName(right)}` };
  };
}

const addNumbers = arithmetic(
  "+",
  (a, b) => a + b,
  (a, b) => a + b,
);

function add(left: Value, right: Value, meter: StepMeter): Answer {
  if (typeof left === "string" && typeof right === "string") {
    const length = left.length + right.length;
    meter.takeText(length);
    return length > limits.valueBytes
      ? { problem: `the text would be longer than ${limits.valueBytes} characters` }
      : { value: left + right };
  }
  if (isList(left) && isList(right)) {
    meter.takeItems(left.size + right.size);
    return { value: listOf([...itemsOf(left), ...itemsOf(right)]) };
  }
  if (isNumber(left) && isNumber(right)) return addNumbers(left, right, meter);
  const hint = typeof left === "string" || typeof right === "string" ? "; string(x) makes a text of a number" : "";
  return {
    problem: `+ wants two numbers, two strings or two arrays, not ${typeName(left)} and ${typeName(right)}${hint}`,
  };
}

function isIn(left: Value, right: Value, meter: StepMeter): Answer {
  if (isMapValue(right)) {
    const key = keyOf(left);
    return { value: key !== null && right.get(key) !== undefined };
  }
  if (!isList(right)) return { problem: `in looks into an array or an object, not into ${typeName(right)}` };
  for (let index = 0; index < right.size; index++) {
    if (index % 32 === 0) meter.take(1);
    const item = right.at(index);
    if (item !== undefined && areEqual(item, left, meter)) return { value: true };
  }
  return { value: false };
}

/** All items of a list. */
function* itemsOf(list: ListValue): Generator<Value> {
  for (let index = 0; index < list.size; index++) {
    const item = list.at(index);
    if (item !== undefined) yield item;
  }
}

/** CEL's integers have 64 bits. */
export function inRange(value: bigint, written: string): Answer {
  return BigInt.asIntN(64, value) === value ? { value } : { problem: `${written} does not fit into 64 bits` };
}
