import { isMap, type JsonValue, own } from "../../document/json-value.ts";
import { canonicalText } from "../../template/value/json-equality.ts";
import { quote, showValue } from "../../template/value/show-value.ts";
import type { KeywordCheck, SchemaCheck } from "./schema-check.ts";

/** `type`, `const` and `enum`. */
export const checkType: KeywordCheck = (check, schema, value, at) => {
  const types = typesOf(own(schema, "type"));
  if (types.length > 0 && !types.some((type) => isOfType(value, type)))
    return check.differ(at, `expected ${types.map(noun).join(" or ")}, found ${showValue(value)}`);
  const only = own(schema, "const");
  if (only !== undefined && !isSame(check, only, value))
    return check.differ(at, `expected ${shown(only)}, found ${showValue(value)}`);
  const choices = own(schema, "enum");
  if (!Array.isArray(choices) || choices.some((choice) => isSame(check, choice, value))) return true;
  const some = choices.slice(0, 20).map(shown).join(", ");
  const more = choices.length > 20 ? ` and ${choices.length - 20} more` : "";
  return check.differ(at, `expected one of ${some}${more}, found ${showValue(value)}`);
};

/** The types that a schema names; one that JSON does not have says nothing, so nothing at all is said where one is among them. */
export function typesOf(said: JsonValue | undefined): string[] {
  const all = Array.isArray(said) ? said : said === undefined ? [] : [said];
  const types = all.filter((type) => typeof type === "string" && Object.hasOwn(nouns, type)).map(String);
  return types.length === all.length ? types : [];
}

/** Whether a value is of a type of JSON Schema. 1.0 is an integer: JSON does not tell it from 1. */
export function isOfType(value: JsonValue, type: string): boolean {
  switch (type) {
    case "null":
      return value === null;
    case "array":
      return Array.isArray(value);
    case "object":
      return isMap(value);
    case "integer":
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}

/** Whether two values are the same, paid for. */
function isSame(check: SchemaCheck, a: JsonValue, b: JsonValue): boolean {
  check.take(1);
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
  const [one, other] = [canonicalText(a), canonicalText(b)];
  check.take(Math.ceil((one.length + other.length) / 16));
  return one === other;
}

const nouns: Readonly<Record<string, string>> = {
  null: "null",
  boolean: "true or false",
  integer: "an integer",
  number: "a number",
  string: "a string",
  array: "a list",
  object: "an object",
};

function noun(type: string): string {
  return nouns[type] ?? type;
}

function shown(value: JsonValue): string {
  return typeof value === "string"
    ? quote(value)
    : typeof value === "object" && value !== null
      ? showValue(value)
      : `${value}`;
}
