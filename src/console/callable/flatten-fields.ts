import type { Field } from "../../contract/template/field.ts";

export interface FieldRow {
  /** `styles[].name`. */
  path: string;
  depth: number;
  isRequired: boolean;
  field: Field;
}

/** Fields and all that is inside them, each after what it is inside of. */
export function flattenFields(fields: Record<string, Field>, within = "", depth = 0, named: string[] = []): FieldRow[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const path = within === "" ? name : `${within}.${name}`;
    const isRequired = field.required === true || named.includes(name);
    return [{ path, depth, isRequired, field }, ...insideOf(path, field, depth + 1)];
  });
}

function insideOf(path: string, field: Field, depth: number): FieldRow[] {
  if (field.type === "object") {
    const named = Array.isArray(field.required) ? field.required : [];
    return flattenFields(field.properties ?? {}, path, depth, named);
  }
  if (field.type !== "array" || field.items === undefined) return [];
  const items = `${path}[]`;
  return [{ path: items, depth, isRequired: false, field: field.items }, ...insideOf(items, field.items, depth + 1)];
}
