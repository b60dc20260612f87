import { compilePattern } from "../template/value/compile-pattern.ts";
import { type Answer, inRange } from "./operators.ts";
import type { StepMeter } from "./step-meter.ts";
import { loopNames } from "./syntax-node.ts";
import { isList, isMapValue, typeName, type Value } from "./value.ts";

/** A function of CEL's standard library that expressions may call. */
export interface KnownFunction {
  /** How it is called: `size(x)` and `x.size()` are one function. */
  usage: string;
  /** Values that it takes, what stands before the dot included. */
  takes: number;
  isMethod: boolean;
  isFunction: boolean;
  call(args: readonly Value[], meter: StepMeter): Answer;
}

/** All functions. Those of times, bytes and unsigned numbers are missing, because JSON has none of these. */
export const knownFunctions: ReadonlyMap<string, KnownFunction> = new Map([
  ["size", both("size(x)", 1, ([value], meter) => sizeOf(value ?? null, meter))],
  ["int", plain("int(x)", ([value]) => toInteger(value ?? null))],
  ["double", plain("double(x)", ([value]) => toFloat(value ?? null))],
  ["string", plain("string(x)", ([value]) => toText(value ?? null))],
  ["bool", plain("bool(x)", ([value]) => toBoolean(value ?? null))],
  ["dyn", plain("dyn(x)", ([value]) => ({ value: value ?? null }))],
  [
    "contains",
    method(
      "x.contains(y)",
      textual("contains", (text, part) => text.includes(part)),
    ),
  ],
  [
    "startsWith",
    method(
      "x.startsWith(y)",
      textual("startsWith", (text, part) => text.startsWith(part)),
    ),
  ],
  [
    "endsWith",
    method(
      "x.endsWith(y)",
      textual("endsWith", (text, part) => text.endsWith(part)),
    ),
  ],
  ["matches", both("x.matches(pattern)", 2, matches)],
]);

/** All that can be called: functions, `has` and the loops. */
export const callableNames: readonly string[] = [...knownFunctions.keys(), "has", ...loopNames];

type Call = KnownFunction["call"];

function plain(usage: string, call: Call): KnownFunction {
  return { usage, takes: 1, isMethod: false, isFunction: true, call };
}

function method(usage: string, call: Call): KnownFunction {
  return { usage, takes: 2, isMethod: true, isFunction: false, call };
}

function both(usage: string, takes: number, call: Call): KnownFunction {
  return { usage, takes, isMethod: true, isFunction: true, call };
}

function sizeOf(value: Value, meter: StepMeter): Answer {
  if (typeof value === "string") {
    meter.takeText(value.length);
    let points = 0;
    for (const _ of value) points++;
    return { value: BigInt(points) };
  }
  if (isList(value) || isMapValue(value)) return { value: BigInt(value.size) };
  return { problem: `size() wants a string, an array or an object, not ${typeName(value)}` };
}

function toInteger(value: Value): Answer {
  if (typeof value === "bigint") return { value };
  if (typeof value === "number") {
    if (!Number.isFinite(value)) return { problem: `int(${value}): it is no integer` };
    // The float 2^63 itself stands for what lies around it.
    return Math.abs(value) >= 2 ** 63
      ? { problem: `int(${value}) does not fit into 64 bits` }
      : { value: BigInt(Math.trunc(value)) };
  }
  if (typeof value === "string") {
    if (!/^[+-]?\d{1,19}$/.test(value)) return { problem: `int() cannot read ${shown(value)} as an integer` };
    return inRange(BigInt(value.replace("+", "")), value);
  }
  return { problem: `int() wants a number or a string, not ${typeName(value)}` };
}

function toFloat(value: Value): Answer {
  if (typeof value === "bigint" || typeof value === "number") return { value: Number(value) };
  if (typeof value === "string") {
    if (value.length > 100 || !/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(value))
      return { problem: `double() cannot read ${shown(value)} as a number` };
    return { value: Number(value) };
  }
  return { problem: `double() wants a number or a string, not ${typeName(value)}` };
}

function toText(value: Value): Answer {
  if (typeof value === "string") return { value };
  if (typeof value === "bigint" || typeof value === "number" || typeof value === "boolean")
    return { value: `${value}` };
  return { problem: `string() wants a string, a number or a boolean, not ${typeName(value)}` };
}

function toBoolean(value: Value): Answer {
  if (typeof value === "boolean") return { value };
  if (typeof value !== "string") return { problem: `bool() wants a boolean or a string, not ${typeName(value)}` };
  if (["1", "t", "true", "TRUE", "True"].includes(value)) return { value: true };
  if (["0", "f", "false", "FALSE", "False"].includes(value)) return { value: false };
  return { problem: `bool() cannot read ${shown(value)} as true or false` };
}

function textual(name: string, holds: (text: string, part: string) => boolean): Call {
  return ([text, part], meter) => {
    if (typeof text !== "string" || typeof part !== "string")
      return { problem: `${name}() wants two strings, not ${typeName(text ?? null)} and ${typeName(part ?? null)}` };
    meter.takeText(text.length + part.length);
    return { value: holds(text, part) };
  };
}

function matches([text, pattern]: readonly Value[], meter: StepMeter): Answer {
  if (typeof text !== "string" || typeof pattern !== "string")
    return { problem: `matches() wants two strings, not ${typeName(text ?? null)} and ${typeName(pattern ?? null)}` };
  // A pattern is compiled, however often it is another one.
  meter.take(1 + pattern.length);
  const compiled = compilePattern(pattern);
  if ("error" in compiled) {
    meter.take(1000);
    return { problem: `matches() cannot use the pattern ${shown(pattern)}: ${compiled.error}` };
  }
  // RE2 looks at each step of its program for each character, at most.
  meter.take(compiled.steps + Math.ceil((text.length * compiled.steps) / 256));
  return { value: compiled.matches(text) };
}

function shown(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}
