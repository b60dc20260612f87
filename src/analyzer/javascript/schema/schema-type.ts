import type { Field } from "../../../contract/template/field.ts";
import { didYouMean } from "../../../domain/did-you-mean.ts";
import type { JsonValue } from "../../../domain/document/json-value.ts";
import { showValue } from "../../../domain/template/value/show-value.ts";
import type { Literal } from "../interface/read-literal.ts";
import { spanOf } from "../syntax/nodes.ts";
import { refuseOf, type TypeReading } from "../types/type-reading.ts";

const fieldTypes: ReadonlyMap<JsonValue, Field["type"]> = new Map<JsonValue, Field["type"]>([
  ["string", "string"],
  ["number", "float"],
  ["integer", "integer"],
  ["boolean", "boolean"],
  ["array", "array"],
  ["object", "object"],
]);

const names = [...fieldTypes.keys()].map(String);

/** The type that a schema tells, `["string", "null"]` too; without one, that of its values or of its other keywords. */
export function schemaType(reading: TypeReading, schema: Literal): { type: Field["type"]; isNullable: boolean } {
  const told = schema.entries.get("type")?.literal;
  const isMarked = schema.entries.get("nullable")?.literal.value === true;
  if (told === undefined) return inferredType(schema, isMarked);
  const listed = Array.isArray(told.value) ? told.value : [told.value];
  const others = listed.filter((one) => one !== "null");
  const isNullable = isMarked || others.length < listed.length;
  const [only, ...more] = others;
  const type = only === undefined || more.length > 0 ? undefined : fieldTypes.get(only);
  if (type !== undefined) return { type, isNullable };
  const meant = typeof only === "string" && more.length === 0 ? didYouMean(only, names) : null;
  const message = `${showValue(told.value)} is no type that a field can have`;
  const suggestion =
    meant === null ? `write one of ${names.join(", ")}, or a list of one and "null"` : `did you mean ${meant}?`;
  refuseOf(reading, spanOf(told.node), "schema_type", message, suggestion);
  return { type: "any", isNullable };
}

function inferredType(schema: Literal, isMarked: boolean): { type: Field["type"]; isNullable: boolean } {
  const all = schema.entries.get("enum")?.literal.value;
  const only = schema.entries.get("const")?.literal.value;
  const values = Array.isArray(all) ? all : only === undefined ? [] : [only];
  const isNullable = isMarked || values.includes(null);
  const others = values.filter((value) => value !== null);
  if (others.length > 0 && others.every((value) => typeof value === "string")) return { type: "string", isNullable };
  if (others.length > 0 && others.every((value) => Number.isInteger(value))) return { type: "integer", isNullable };
  if (others.length > 0 && others.every((value) => typeof value === "number")) return { type: "float", isNullable };
  return { type: schema.entries.has("properties") ? "object" : "any", isNullable };
}
