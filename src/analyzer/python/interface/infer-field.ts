import type { Field } from "../../../contract/template/field.ts";
import type { Expression } from "../syntax/expression.ts";
import { evaluateDefault } from "./evaluate-default.ts";
import { evaluateNumber } from "./evaluate-number.ts";
import { findMeaning } from "./find-meaning.ts";
import { anything, type TypeReading } from "./type-reading.ts";

/** The field that a value speaks for where there is no annotation; null when only running the code would tell. */
export function inferField(reading: TypeReading, value: Expression): Field | null {
  const choice = enumOf(value);
  if (choice !== null && findMeaning(reading.module, choice)?.type !== "outside") {
    const field = evaluateDefault(reading.module, value).state === "value" ? reading.derive(reading, choice) : null;
    if (field !== null) return field;
  }
  const number = evaluateNumber(reading.module, value);
  if (number !== null) return { type: number.isFloat ? "float" : "integer" };
  switch (value.type) {
    case "constant":
      return value.value === null ? anything : { type: "boolean" };
    case "string":
      return { type: value.isBytes ? "file" : "string" };
    case "list":
    case "tuple":
      return { type: "array" };
    case "set":
      return { type: "array", unique_items: true };
    case "dict":
      return { type: "object", additional_properties: true };
    case "call":
      return calledField(reading, value.callee);
    default:
      return null;
  }
}

/** The enum in `Mode.FAST`. */
function enumOf(value: Expression): Expression | null {
  return value.type === "attribute" ? value.object : null;
}

/** `float(x)` and `dict(...)` are what they are called. */
function calledField(reading: TypeReading, callee: Expression): Field | null {
  const meaning = findMeaning(reading.module, callee);
  const kind = meaning?.type === "outside" ? (calledTypes.get(meaning.path) ?? null) : null;
  return kind;
}

const calledTypes: ReadonlyMap<string, Field> = new Map<string, Field>([
  ["builtins.float", { type: "float" }],
  ["builtins.int", { type: "integer" }],
  ["builtins.len", { type: "integer" }],
  ["builtins.str", { type: "string" }],
  ["builtins.bool", { type: "boolean" }],
  ["builtins.list", { type: "array" }],
  ["builtins.tuple", { type: "array" }],
  ["builtins.sorted", { type: "array" }],
  ["builtins.set", { type: "array", unique_items: true }],
  ["builtins.frozenset", { type: "array", unique_items: true }],
  ["builtins.dict", { type: "object", additional_properties: true }],
]);
