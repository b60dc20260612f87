import type { Field } from "../contract/template/field.ts";
import { canonicalText } from "../domain/template/value/json-equality.ts";

/** One field for the values of several: enums join, integer and float are a float. Null when they have no field type in common. */
export function commonField(fields: readonly Field[]): Field | null {
  const [only, ...others] = fields;
  if (only === undefined || others.length === 0) return only ?? null;
  const types = new Set(fields.map((field) => field.type));
  if (types.has("any")) return { type: "any" };
  if ([...types].every((type) => type === "integer" || type === "float")) return commonNumber(fields);
  if (types.size > 1) return null;
  switch (only.type) {
    case "string":
      return commonString(fields);
    case "array":
      return commonList(fields);
    case "object":
      return null;
    default:
      return { type: only.type };
  }
}

/** Enums join; beside a type without one, or with other bounds, only the type is left. A number that is not whole makes all of them floats. */
function commonNumber(fields: readonly Field[]): Field {
  const choices = fields.map((field) => (field.type === "integer" || field.type === "float" ? field.enum : undefined));
  const type = fields.every((field) => field.type === "integer") ? "integer" : "float";
  return choices.every((values) => values !== undefined) ? { type, enum: [...new Set(choices.flat())] } : { type };
}

function commonString(fields: readonly Field[]): Field {
  const choices = fields.map((field) => (field.type === "string" ? field.enum : undefined));
  if (!choices.every((values) => values !== undefined)) return { type: "string" };
  return { type: "string", enum: [...new Set(choices.flat())] };
}

function commonList(fields: readonly Field[]): Field {
  const items = fields.map((field) => (field.type === "array" ? field.items : undefined));
  const [first] = items;
  const isOne = first !== undefined && items.every((item) => canonicalText(item) === canonicalText(first));
  return isOne ? { type: "array", items: first } : { type: "array" };
}
