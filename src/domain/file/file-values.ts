import type { Field, FieldOf } from "../../contract/template/field.ts";
import { childPointer } from "../pointer.ts";
import { isRecord } from "../template/value/json-equality.ts";

/** A value of type file, where it lies, and the field that it must fit. */
export interface FileValue {
  path: string;
  field: FieldOf<"file">;
  value: unknown;
}

/** Every file value in `values`, in lists and objects too, in the order of the fields. */
export function fileValues(
  fields: Record<string, Field>,
  values: Record<string, unknown>,
  pathStart = "",
): FileValue[] {
  const found: FileValue[] = [];
  walkMembers(found, fields, values, pathStart);
  return found;
}

function walkMembers(
  found: FileValue[],
  fields: Record<string, Field>,
  values: Record<string, unknown>,
  path: string,
): void {
  for (const [name, field] of Object.entries(fields)) {
    if (Object.hasOwn(values, name)) walk(found, field, values[name], childPointer(path, name));
  }
}

function walk(found: FileValue[], field: Field, value: unknown, path: string): void {
  if (value === null || value === undefined) return;
  if (field.type === "file") found.push({ path, field, value });
  else if (field.type === "array" && field.items !== undefined && Array.isArray(value)) {
    for (const [index, item] of value.entries()) walk(found, field.items, item, childPointer(path, index));
  } else if (field.type === "object" && field.properties !== undefined && isRecord(value)) {
    walkMembers(found, field.properties, value, path);
  }
}
