import { limits } from "../../../contract/limits.ts";
import { type Field, stringFormat } from "../../../contract/template/field.ts";
import type { JsonValue } from "../../../domain/document/json-value.ts";
import { checkFieldRules } from "../../../domain/template/check-field-rules.ts";
import { showValue } from "../../../domain/template/value/show-value.ts";
import type { Literal } from "../interface/read-literal.ts";
import { spanOf } from "../syntax/nodes.ts";
import { withDescription } from "../types/apply-tags.ts";
import { isLegalName } from "../types/object-field.ts";
import { anything, refuseOf, type TypeReading, warnOf } from "../types/type-reading.ts";
import { checkKeywords } from "./check-keywords.ts";
import { schemaType } from "./schema-type.ts";

/** A JSON Schema as a field. A keyword that fields do not have is an error: what it says would not be kept. */
export function schemaField(reading: TypeReading, schema: Literal, isRequired: boolean): Field {
  const described = withDescription(bareField(reading, schema), textAt(schema, "description"));
  const given = schema.entries.get("default")?.literal;
  if (given === undefined || reading.side === "output") return { ...described, required: isRequired };
  const field: Field = { ...described, default: given.value };
  for (const found of checkFieldRules(field, { default: given.value }, "", "input", true)) {
    if (found.code === "default_refused") refuse(reading, given, "default_refused", found.message, found.suggestion);
  }
  return field;
}

/** The properties of a schema of an object, in order; null when it tells none, or lets in others too. */
export function schemaProperties(schema: Literal): [string, SchemaProperty][] | null {
  const properties = schema.entries.get("properties")?.literal;
  const type = schema.entries.get("type")?.literal.value ?? "object";
  const isOpen = schema.entries.get("additionalProperties")?.literal.value === true;
  if (properties === undefined || type !== "object" || isOpen) return null;
  const required = requiredBy(schema);
  return [...properties.entries].map(([name, { key, literal }]) => [
    name,
    { key: spanOf(key), literal, isRequired: required.has(name) },
  ]);
}

/** One property of a schema. */
export interface SchemaProperty {
  key: { from: number; to: number };
  literal: Literal;
  isRequired: boolean;
}

function requiredBy(schema: Literal): ReadonlySet<JsonValue> {
  const value = schema.entries.get("required")?.literal.value;
  return new Set(Array.isArray(value) ? value : []);
}

function bareField(reading: TypeReading, schema: Literal): Field {
  reading.budget.left -= 1;
  if (schema.value === true) return anything;
  if (schema.node.type !== "ObjectExpression") {
    refuse(reading, schema, "schema_invalid", `a schema is an object, found ${showValue(schema.value)}`, null);
    return anything;
  }
  if (reading.depth > limits.fieldDepth) {
    refuse(
      reading,
      schema,
      "type_too_deep",
      `schemas are nested deeper than ${limits.fieldDepth} levels`,
      "flatten it",
    );
    return anything;
  }
  const { type, isNullable } = schemaType(reading, schema);
  if (!checkKeywords(reading, schema, type)) return anything;
  const field = fieldOf(reading, schema, type);
  for (const found of checkFieldRules(field, {}, "", reading.side, true)) {
    refuse(reading, schema, found.code, found.message, found.suggestion);
  }
  return isNullable && field.type !== "any" ? { ...field, nullable: true } : field;
}

function fieldOf(reading: TypeReading, schema: Literal, type: Field["type"]): Field {
  switch (type) {
    case "string": {
      const format = stringFormat.safeParse(textAt(schema, "format"));
      return {
        type,
        ...numbers(schema, [
          ["minLength", "min_length"],
          ["maxLength", "max_length"],
        ]),
        ...(textAt(schema, "pattern") === null ? {} : { pattern: textAt(schema, "pattern") ?? "" }),
        ...(format.success ? { format: format.data } : {}),
        ...choices(schema, (value) => typeof value === "string"),
      };
    }
    case "integer":
      return {
        type,
        ...wholeBounds(schema),
        ...numbers(schema, [["multipleOf", "multiple_of"]]),
        ...choices(schema, (value) => typeof value === "number"),
      };
    case "float":
      return {
        type,
        ...numbers(schema, [
          ["minimum", "min"],
          ["maximum", "max"],
          ["multipleOf", "multiple_of"],
        ]),
        ...choices(schema, (value) => typeof value === "number"),
      };
    case "array":
      return arrayField(reading, schema);
    case "object":
      return objectField(reading, schema);
    case "boolean":
      return { type };
    default:
      return anything;
  }
}

function arrayField(reading: TypeReading, schema: Literal): Field {
  const items = schema.entries.get("items")?.literal;
  const inside = { ...reading, depth: reading.depth + 1 };
  const item = items === undefined ? anything : withDescription(bareField(inside, items), textAt(items, "description"));
  return {
    type: "array",
    ...(item.type === "any" ? {} : { items: item }),
    ...numbers(schema, [
      ["minItems", "min_items"],
      ["maxItems", "max_items"],
    ]),
    ...(schema.entries.get("uniqueItems")?.literal.value === true ? { unique_items: true } : {}),
  };
}

function objectField(reading: TypeReading, schema: Literal): Field {
  const properties = schema.entries.get("properties")?.literal;
  const required = requiredBy(schema);
  const isOpen = schema.entries.get("additionalProperties")?.literal.value;
  const fields: [string, Field][] = [];
  for (const [name, { key, literal }] of properties?.entries ?? []) {
    if (!isLegalName(name)) {
      const message = `${JSON.stringify(name)} can name no property`;
      refuseOf(reading, spanOf(key), "illegal_field", message, "use letters, digits and _ (64 at most)");
      continue;
    }
    const inside = { ...reading, depth: reading.depth + 1, path: `${reading.path}/${name}` };
    fields.push([name, schemaField(inside, literal, required.has(name))]);
  }
  for (const name of required) {
    if (properties?.entries.has(String(name)) !== true)
      warnOf(
        reading,
        spanOf(schema.node),
        "required_unknown_property",
        `required names ${showValue(name)}, which is no property`,
        null,
      );
  }
  return {
    type: "object",
    ...(fields.length === 0 ? {} : { properties: Object.fromEntries(fields) }),
    ...(typeof isOpen === "boolean" ? { additional_properties: isOpen } : {}),
  };
}

function textAt(schema: Literal, key: string): string | null {
  const value = schema.entries.get(key)?.literal.value;
  return typeof value === "string" ? value : null;
}

function numberAt(schema: Literal, key: string): number | undefined {
  const value = schema.entries.get(key)?.literal.value;
  return typeof value === "number" ? value : undefined;
}

function numbers<Key extends string>(
  schema: Literal,
  pairs: readonly (readonly [string, Key])[],
): Partial<Record<Key, number>> {
  const said: Partial<Record<Key, number>> = {};
  for (const [from, to] of pairs) {
    const value = numberAt(schema, from);
    if (value !== undefined) said[to] = value;
  }
  return said;
}

/** The bounds of whole numbers; exclusive ones are the next whole number. */
function wholeBounds(schema: Literal): { min?: number; max?: number } {
  const [low, above, high, below] = ["minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum"].map((key) =>
    numberAt(schema, key),
  );
  const lows = [low === undefined ? [] : [Math.ceil(low)], above === undefined ? [] : [Math.floor(above) + 1]].flat();
  const highs = [
    high === undefined ? [] : [Math.floor(high)],
    below === undefined ? [] : [Math.ceil(below) - 1],
  ].flat();
  return {
    ...(lows.length === 0 ? {} : { min: Math.max(...lows) }),
    ...(highs.length === 0 ? {} : { max: Math.min(...highs) }),
  };
}

/** `enum`, or `const` as an enum of one; null among them is told by the type. */
function choices<Value extends JsonValue>(
  schema: Literal,
  fits: (value: JsonValue) => value is Value,
): { enum?: Value[] } {
  const all = schema.entries.get("enum")?.literal.value;
  const only = schema.entries.get("const")?.literal.value;
  const values = Array.isArray(all) ? all : only === undefined ? null : [only];
  return values === null ? {} : { enum: values.filter(fits) };
}

function refuse(reading: TypeReading, at: Literal, code: string, message: string, suggestion: string | null): void {
  refuseOf(reading, spanOf(at.node), code, message, suggestion);
}
