import type { Expression } from "../syntax/expression.ts";
import type { PythonModule } from "../syntax/python-module.ts";
import { evaluateNumber, type PythonNumber } from "./evaluate-number.ts";
import { outsidePath } from "./find-meaning.ts";
import { enumMember } from "./read-enum.ts";

/** What a default is as JSON; `unsayable` when JSON has no such value, `unknown` when only running the code would tell. */
export type Evaluated =
  | { state: "value"; value: unknown; isFloat: boolean }
  | { state: "unsayable" }
  | { state: "unknown" };

/** Evaluates an expression as far as it is made of literals, of members of the file's enums, and of well-known constants. */
export function evaluateDefault(module: PythonModule, expression: Expression): Evaluated {
  switch (expression.type) {
    case "constant":
      return known(expression.value);
    case "string":
      return expression.isBytes || expression.value === null ? unknown : known(expression.value);
    case "tuple":
    case "list":
    case "set":
      return evaluateAll(module, expression.items);
    case "dict":
      return evaluateDict(module, expression.entries);
    case "call":
      return evaluateCall(module, expression);
    default: {
      const number = evaluateNumber(module, expression);
      if (number !== null) return isSayable(number) ? { state: "value", ...number } : { state: "unsayable" };
      const member = enumMember(module, expression);
      return member === null ? unknown : known(member);
    }
  }
}

const unknown: Evaluated = { state: "unknown" };

function known(value: unknown): Evaluated {
  return { state: "value", value, isFloat: false };
}

/** Readers of JSON would round an integer beyond ±(2^53 − 1). */
function isSayable({ value, isFloat }: PythonNumber): boolean {
  return isFloat ? Number.isFinite(value) : Number.isSafeInteger(value);
}

function evaluateAll(module: PythonModule, items: readonly Expression[]): Evaluated {
  const values: unknown[] = [];
  for (const item of items) {
    const read = evaluateDefault(module, item);
    if (read.state !== "value") return read;
    values.push(read.value);
  }
  return known(values);
}

function evaluateDict(
  module: PythonModule,
  entries: readonly { key: Expression | null; value: Expression }[],
): Evaluated {
  const members: [string, unknown][] = [];
  for (const { key, value } of entries) {
    const name = key === null ? unknown : evaluateDefault(module, key);
    if (name.state !== "value" || typeof name.value !== "string") return unknown;
    const read = evaluateDefault(module, value);
    if (read.state !== "value") return read;
    members.push([name.value, read.value]);
  }
  return known(Object.fromEntries(members));
}

const emptyCalls: ReadonlyMap<string, () => unknown> = new Map<string, () => unknown>([
  ["builtins.list", () => []],
  ["builtins.tuple", () => []],
  ["builtins.set", () => []],
  ["builtins.frozenset", () => []],
  ["builtins.dict", () => ({})],
]);

/** `set()`, `frozenset({"a"})`, `float("inf")`: calls of builtins that are the only way to write a value. */
function evaluateCall(module: PythonModule, call: Extract<Expression, { type: "call" }>): Evaluated {
  const path = outsidePath(module, call.callee);
  if (path === null || call.keywords.length > 0) return unknown;
  const [argument, ...others] = call.args;
  if (argument === undefined) return valueOfEmpty(path);
  if (others.length > 0) return unknown;
  if (path === "builtins.float" && argument.type === "string") {
    return /^\s*[+-]?(inf|infinity|nan)\s*$/i.test(argument.value ?? "") ? { state: "unsayable" } : unknown;
  }
  const isCollection = path !== "builtins.dict" && emptyCalls.has(path);
  const isLiteral = argument.type === "list" || argument.type === "tuple" || argument.type === "set";
  return isCollection && isLiteral ? evaluateAll(module, argument.items) : unknown;
}

/** What a class gives when it is called without arguments, like a `default_factory`. */
export function valueOfEmpty(path: string): Evaluated {
  const make = emptyCalls.get(path);
  return make === undefined ? unknown : known(make());
}
