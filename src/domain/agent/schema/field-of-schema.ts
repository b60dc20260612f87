import { limits } from "../../../contract/limits.ts";
import type { Field } from "../../../contract/template/field.ts";
import { isMap, type JsonMap, type JsonValue, own } from "../../document/json-value.ts";
import { compilePattern } from "../../template/value/compile-pattern.ts";
import type { ReadSchema } from "./read-schema.ts";

const anything: Field = { type: "any" };

const isText = (value: JsonValue): value is string => typeof value === "string";
const isNumber = (value: JsonValue): value is number => typeof value === "number";
const isWhole = (value: JsonValue): value is number => Number.isInteger(value);

/**
 * The field that lets in all that a JSON Schema lets in, and as little else as fields can say: what they cannot is left out. What an object
 * must have is told by its properties.
 */
export function fieldOfSchema(read: ReadSchema, schema: JsonValue, depth = 0): Field {
  if (!isMap(schema) || depth > limits.fieldDepth) return anything;
  const [target, ...others] = read.targetsOf(schema);
  if (target !== undefined) return others.length === 0 ? fieldOfSchema(read, target, depth + 1) : anything;
  const choices = own(schema, "anyOf") ?? own(schema, "oneOf");
  if (own(schema, "type") === undefined && Array.isArray(choices)) return oneOf(read, choices, depth);
  const { types, isNullable } = typesOf(schema);
  const [type, ...more] = types;
  if (type === undefined || more.length > 0) return anything;
  const field = typed(read, schema, type, depth);
  return isNullable && field.type !== "any" ? { ...field, nullable: true } : field;
}

/** One schema or null, as many tools write what may be absent. */
function oneOf(read: ReadSchema, choices: readonly JsonValue[], depth: number): Field {
  const isNull = (choice: JsonValue) => isMap(choice) && own(choice, "type") === "null";
  const [choice, ...others] = choices.filter((one) => !isNull(one));
  if (choice === undefined || others.length > 0) return anything;
  const field = fieldOfSchema(read, choice, depth + 1);
  return field.type === "any" || choices.length === 1 ? field : { ...field, nullable: true };
}

function typesOf(schema: JsonMap): { types: JsonValue[]; isNullable: boolean } {
  const said = own(schema, "type");
  const all = Array.isArray(said) ? said : said === undefined ? [] : [said];
  const types = all.filter((type) => type !== "null");
  // A number may be whole or not.
  const isNumber = types.includes("number");
  return { types: types.filter((type) => !(isNumber && type === "integer")), isNullable: types.length < all.length };
}

function typed(read: ReadSchema, schema: JsonMap, type: JsonValue, depth: number): Field {
  switch (type) {
    case "string":
      return {
        type,
        ...counts(schema, { minLength: "min_length", maxLength: "max_length" }),
        ...patternOf(schema),
        ...choicesOf(schema, isText),
      };
    case "integer":
      return {
        type,
        ...wholeBounds(schema),
        ...choicesOf(schema, isWhole),
      };
    case "number":
      return {
        type: "float",
        ...numbers(schema, { minimum: "min", maximum: "max" }),
        ...choicesOf(schema, isNumber),
      };
    case "boolean":
      return { type };
    case "array": {
      const items = own(schema, "items");
      const item =
        isMap(items) && !Object.hasOwn(schema, "prefixItems") ? fieldOfSchema(read, items, depth + 1) : anything;
      return {
        type,
        ...(item.type === "any" ? {} : { items: item }),
        ...counts(schema, { minItems: "min_items", maxItems: "max_items" }),
      };
    }
    case "object":
      return objectField(read, schema, depth);
    default:
      return anything;
  }
}

function objectField(read: ReadSchema, schema: JsonMap, depth: number): Field {
  const properties = own(schema, "properties");
  const required = own(schema, "required");
  const needed = new Set(Array.isArray(required) ? required.filter((name) => typeof name === "string") : []);
  const named = isMap(properties) ? Object.entries(properties) : [];
  const unnamed = [...needed].filter((name) => !named.some(([other]) => other === name));
  const all: [string, JsonValue][] = [...named, ...unnamed.map((name): [string, JsonValue] => [name, true])];
  const told = all.slice(0, limits.fields);
  const isClosed = own(schema, "additionalProperties") === false && !Object.hasOwn(schema, "patternProperties");
  const fields = told.map(([name, one]): [string, Field] => {
    const field = fieldOfSchema(read, one, depth + 1);
    return [name, needed.has(name) ? { ...field, required: true } : field];
  });
  return {
    type: "object",
    properties: Object.fromEntries(fields),
    additional_properties: !isClosed || told.length < all.length,
  };
}

type Keys<To extends string> = Readonly<Record<string, To>>;

function numbers<To extends string>(
  schema: JsonMap,
  keys: Keys<To>,
  fits: (value: number) => boolean = Number.isFinite,
): Partial<Record<To, number>> {
  const said: Partial<Record<To, number>> = {};
  for (const [from, to] of Object.entries(keys)) {
    const value = own(schema, from);
    if (typeof value === "number" && fits(value)) said[to] = value;
  }
  return said;
}

function counts<To extends string>(schema: JsonMap, keys: Keys<To>): Partial<Record<To, number>> {
  return numbers(schema, keys, (value) => Number.isSafeInteger(value) && value >= 0);
}

/** The bounds of whole numbers, where a reader of JSON can tell them apart. Exclusive ones are the next whole number. */
function wholeBounds(schema: JsonMap): { min?: number; max?: number } {
  const { low, above, high, below } = numbers(schema, {
    minimum: "low",
    exclusiveMinimum: "above",
    maximum: "high",
    exclusiveMaximum: "below",
  });
  const min = Math.max(Math.ceil(low ?? -Infinity), Math.floor(above ?? -Infinity) + 1);
  const max = Math.min(Math.floor(high ?? Infinity), Math.ceil(below ?? Infinity) - 1);
  return { ...(Number.isSafeInteger(min) ? { min } : {}), ...(Number.isSafeInteger(max) ? { max } : {}) };
}

function patternOf(schema: JsonMap): { pattern?: string } {
  const pattern = own(schema, "pattern");
  return typeof pattern === "string" && "matches" in compilePattern(pattern) ? { pattern } : {};
}

/** `enum`, or `const` as an enum of one; none where anything but such values is among them and may not be left out. */
function choicesOf<Value extends JsonValue>(
  schema: JsonMap,
  fits: (value: JsonValue) => value is Value,
): { enum?: Value[] } {
  const all = own(schema, "enum");
  const only = own(schema, "const");
  const values = only === undefined ? all : [only];
  if (!Array.isArray(values)) return {};
  const fitting = values.filter(fits);
  return fitting.length === 0 || fitting.length > limits.enumValues ? {} : { enum: fitting };
}
