import type { Field, ObjectField } from "../../../contract/template/field.ts";
import { copyJson, isRecord } from "./json-equality.ts";

/**
 * A copy of a value with the defaults of its field put in where something was left out, also inside objects and list items.
 * `undefined` means left out; what is left out and has no default stays out. A value of another type is copied as it is.
 */
export function withDefaults(field: Field, value: unknown): unknown {
  if (value === undefined) return field.default === undefined ? undefined : withDefaults(field, field.default);
  if (field.type === "array" && Array.isArray(value)) {
    const { items } = field;
    return items === undefined ? copyJson(value) : value.map((item) => withDefaults(items, item));
  }
  if (field.type === "object" && isRecord(value)) return objectWithDefaults(field, value);
  return copyJson(value);
}

/** Declared members first, in the order of their declaration, then the others as they came. */
function objectWithDefaults(field: ObjectField, value: Record<string, unknown>): Record<string, unknown> {
  const properties = Object.entries(field.properties ?? {});
  const declared = withMemberDefaults(properties, value);
  const names = new Set(properties.map(([name]) => name));
  const others = Object.entries(value)
    .filter(([name]) => !names.has(name))
    .map(([name, member]): [string, unknown] => [name, copyJson(member)]);
  return Object.fromEntries([...declared, ...others]);
}

/** The members that are there or have a default, in the order in which their fields are declared. */
export function withMemberDefaults(
  fields: readonly (readonly [string, Field])[],
  value: Record<string, unknown>,
): [string, unknown][] {
  return fields
    .map(([name, field]): [string, unknown] => [
      name,
      // hasOwn: a field called `constructor` must not find the prototype's.
      withDefaults(field, Object.hasOwn(value, name) ? value[name] : undefined),
    ])
    .filter(([, member]) => member !== undefined);
}
