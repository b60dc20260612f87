import type { Expression } from "../syntax/expression.ts";
import type { PythonClass, PythonModule } from "../syntax/python-module.ts";
import { evaluateNumber } from "./evaluate-number.ts";
import { findMeaning, outsidePath } from "./find-meaning.ts";
import { findLineage } from "./lineage.ts";

/** An enum as callers write its members: by value when all values are strings or all are integers, else by name. */
export interface EnumChoices {
  /** What stands for each member, by its name; two names of one value stand for the same. */
  byName: ReadonlyMap<string, string | number>;
  /** False when only running the code tells some member's value: then a function may give values where names are expected. */
  isCertain: boolean;
}

/** The choices of an enum that the file defines as a class; null when the class is no enum. */
export function readEnum(module: PythonModule, pythonClass: PythonClass): EnumChoices | null {
  const known = read.get(pythonClass);
  if (known !== undefined) return known;
  const choices = readMembers(module, pythonClass);
  read.set(pythonClass, choices);
  return choices;
}

/** An enum is asked for with each of its members that a source names. */
const read = new WeakMap<PythonClass | Expression, EnumChoices | null>();

function readMembers(module: PythonModule, pythonClass: PythonClass): EnumChoices | null {
  const { classes, outside } = findLineage(module, pythonClass);
  const base = outside.find((path) => enumBases.has(path));
  if (base === undefined) return null;
  const members: Member[] = [];
  let highest: number | null = null;
  let isCertain = true;
  for (const { name, default: value } of classes.flatMap((one) => one.fields)) {
    if (value === null || name.startsWith("_") || isNoMember(module, value)) continue;
    const next = memberValue(module, value, name, highest, base);
    if (typeof next === "number") highest = Math.max(highest ?? next, next);
    members.push([name, next]);
    if (next === null && isOpaque(value)) isCertain = false;
  }
  return choicesOf(members, isCertain);
}

/** The choices of `Enum("Mode", "FAST EXACT")` and the like; null for any other call. */
export function readEnumCall(module: PythonModule, call: Extract<Expression, { type: "call" }>): EnumChoices | null {
  const known = read.get(call);
  if (known !== undefined) return known;
  const choices = readCall(module, call);
  read.set(call, choices);
  return choices;
}

function readCall(module: PythonModule, call: Extract<Expression, { type: "call" }>): EnumChoices | null {
  const base = outsidePath(module, call.callee);
  const names = call.args[1];
  if (base === null || !enumBases.has(base) || names === undefined) return null;
  const numbered = namesIn(names)?.map(
    (name, at): Member => [name, base === "enum.StrEnum" ? name.toLowerCase() : at + 1],
  );
  const members = numbered ?? pairsIn(module, names);
  return members === null ? null : choicesOf(members, true);
}

/** What stands for `Mode.FAST`, `Mode.FAST.value` or `Mode["FAST"]`; null when it is no member of an enum of the file. */
export function enumMember(module: PythonModule, expression: Expression): string | number | null {
  if (expression.type === "subscript") {
    const { object, index } = expression;
    return index.type === "string" ? memberNamed(module, object, index.value ?? "") : null;
  }
  if (expression.type !== "attribute") return null;
  const { object, attribute } = expression;
  if (attribute === "value" && object.type === "attribute") return enumMember(module, object);
  return memberNamed(module, object, attribute);
}

type Member = [name: string, value: string | number | null];

const enumBases: ReadonlySet<string> = new Set(["enum.Enum", "enum.StrEnum", "enum.IntEnum", "enum.ReprEnum"]);

function memberNamed(module: PythonModule, of: Expression, name: string): string | number | null {
  const meaning = findMeaning(module, of);
  if (meaning?.type === "class") return readEnum(module, meaning.pythonClass)?.byName.get(name) ?? null;
  if (meaning?.type !== "assigned" || meaning.expression.type !== "call") return null;
  return readEnumCall(module, meaning.expression)?.byName.get(name) ?? null;
}

function choicesOf(members: readonly Member[], isCertain: boolean): EnumChoices {
  const values = members.map(([, value]) => value);
  const isText = values.every((value) => typeof value === "string");
  const isNumber = values.every((value) => typeof value === "number");
  return {
    byName: new Map(members.map(([name, value]) => [name, (isText || isNumber) && value !== null ? value : name])),
    isCertain,
  };
}

/** A member that a source names a thousand times must not fill the memory; longer ones go by their names. */
const longestValue = 1000;

function isLong(value: Expression): boolean {
  return value.type === "string" && (value.value?.length ?? 0) > longestValue;
}

/** Not a literal: a name, a call, an f-string. */
function isOpaque(value: Expression): boolean {
  return isLong(value) || !["number", "constant", "tuple", "list", "dict", "set", "unary"].includes(value.type);
}

function isNoMember(module: PythonModule, value: Expression): boolean {
  return value.type === "call" && outsidePath(module, value.callee) === "enum.nonmember";
}

/** Null when the value is neither a string nor an integer that JSON can say. */
function memberValue(
  module: PythonModule,
  value: Expression,
  name: string,
  highest: number | null,
  base: string,
): string | number | null {
  if (value.type === "string") return value.isBytes || isLong(value) ? null : value.value;
  if (value.type === "call") {
    const path = outsidePath(module, value.callee);
    const [wrapped] = value.args;
    if (path === "enum.member" && wrapped !== undefined) return memberValue(module, wrapped, name, highest, base);
    if (path !== "enum.auto") return null;
    // auto() goes on from the highest value so far.
    return base === "enum.StrEnum" ? name.toLowerCase() : (highest ?? 0) + 1;
  }
  const number = evaluateNumber(module, value);
  return number !== null && !number.isFloat && Number.isSafeInteger(number.value) ? number.value : null;
}

/** `"FAST EXACT"`, `"FAST, EXACT"` or `["FAST", "EXACT"]`. */
function namesIn(expression: Expression): string[] | null {
  if (expression.type === "string" && expression.value !== null) {
    return expression.value.split(/[\s,]+/).filter((name) => name !== "");
  }
  if (expression.type !== "list" && expression.type !== "tuple") return null;
  const names = expression.items.map((item) => (item.type === "string" ? item.value : null));
  return names.every((name) => name !== null) ? names : null;
}

/** `{"FAST": 1}` or `[("FAST", 1)]`. */
function pairsIn(module: PythonModule, expression: Expression): Member[] | null {
  const pairs =
    expression.type === "dict"
      ? expression.entries.map(({ key, value }) => [key, value])
      : expression.type === "list" || expression.type === "tuple"
        ? expression.items.map((item) => (item.type === "tuple" ? item.items : []))
        : null;
  if (pairs === null) return null;
  const members: Member[] = [];
  for (const [key, value] of pairs) {
    if (key?.type !== "string" || key.value === null || value === undefined || value === null) return null;
    members.push([key.value, memberValue(module, value, key.value, null, "enum.Enum")]);
  }
  return members;
}
