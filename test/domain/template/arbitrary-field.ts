import fc from "fast-check";
import type { Field, FieldType } from "../../../src/contract/template/field.ts";
import { checkValue } from "../../../src/domain/template/value/check-value.ts";

/** Random fields and values from small worlds, so that values often land exactly on bounds. */
const text = fc.string({ unit: fc.constantFrom("a", "b", "7", "é", "😀", "-"), maxLength: 5 });
const whole = fc.integer({ min: -6, max: 12 });
const decimal = fc.constantFrom(-2, -0.5, 0, 0.1, 0.25, 0.3, 0.5, 0.75, 1, 1.5, 2, 2.25, 3, 10);
const count = fc.integer({ min: 0, max: 3 });
const names = ["a", "b", "c"] as const;

const anyRecord = (values: Record<string, fc.Arbitrary<unknown>>) => fc.record(values, { requiredKeys: [] });
const enumOf = (values: fc.Arbitrary<unknown>) => fc.uniqueArray(values, { minLength: 1, maxLength: 5 });
const scalar = { required: fc.boolean(), nullable: fc.boolean() };

/** Random constraints of each type; `items` and `properties` only while `depth` lasts. */
export function fieldOf(type: FieldType, depth = 2): fc.Arbitrary<Field> {
  return constraintsOf(type, depth)
    .map((constraints): Field => withoutUnlikely({ type, ...constraints }))
    .chain((field) =>
      fc.oneof({ weight: 2, arbitrary: fc.constant(field) }, { weight: 1, arbitrary: defaulted(field) }),
    );
}

const types: readonly FieldType[] = ["string", "integer", "float", "boolean", "array", "object", "file", "any"];
const leaves: readonly FieldType[] = ["string", "integer", "float", "boolean", "file", "any"];

export function anyField(depth = 2): fc.Arbitrary<Field> {
  return fc.constantFrom(...(depth > 0 ? types : leaves)).chain((type) => fieldOf(type, depth));
}

/** Up to three inputs called a, b and c. */
export const anyInputs: fc.Arbitrary<Record<string, Field>> = anyRecord(
  Object.fromEntries(names.map((name) => [name, anyField()])),
).map((fields) => JSON.parse(JSON.stringify(fields)));

function constraintsOf(type: FieldType, depth: number): fc.Arbitrary<Record<string, unknown>> {
  switch (type) {
    case "string":
      return fc.oneof(
        anyRecord({ ...scalar, min_length: count, max_length: fc.integer({ min: 1, max: 5 }) }),
        anyRecord({ ...scalar, pattern: fc.constantFrom("^a", "b+$", "^[a-z7-]*$", "7"), max_length: count }),
        anyRecord({ ...scalar, enum: enumOf(text), format: fc.constantFrom("date", "ipv4", "hostname") }),
      );
    case "integer":
      return fc.oneof(
        anyRecord({ ...scalar, min: whole, max: whole, multiple_of: fc.constantFrom(1, 2, 3, 4, 6) }),
        anyRecord({ ...scalar, enum: enumOf(whole), min: fc.integer({ min: -6, max: 0 }) }),
      );
    case "float":
      return fc.oneof(
        anyRecord({ ...scalar, min: decimal, max: decimal, precision: count }),
        anyRecord({ ...scalar, multiple_of: fc.constantFrom(0.1, 0.25, 0.5, 1), precision: count }),
        anyRecord({ ...scalar, enum: enumOf(decimal), max: decimal }),
      );
    case "array":
      return anyRecord({
        ...scalar,
        items: anyField(depth - 1),
        min_items: count,
        max_items: fc.integer({ min: 1, max: 4 }),
        unique_items: fc.boolean(),
      });
    case "object":
      return anyRecord({
        nullable: fc.boolean(),
        required: fc.oneof(fc.boolean(), fc.subarray([...names])),
        properties: anyRecord(Object.fromEntries(names.slice(0, 2).map((name) => [name, anyField(depth - 1)]))),
        additional_properties: fc.boolean(),
      });
    default:
      return anyRecord(scalar);
  }
}

/** Drops what fast-check's records leave undefined. */
function withoutUnlikely(field: Record<string, unknown>): Field {
  return JSON.parse(JSON.stringify(field));
}

function defaulted(field: Field): fc.Arbitrary<Field> {
  return valueFor(field).map((value) =>
    checkValue(field, value, "").length === 0 ? { ...field, default: value } : field,
  );
}

const junk = fc.constantFrom<unknown>(
  null,
  true,
  false,
  0,
  1,
  2.5,
  "",
  "a",
  "42",
  [],
  {},
  [1, 1],
  { a: 1 },
  { z: null },
);

/** Values that a field mostly accepts or just refuses, and now and then something else altogether. */
export function valueFor(field: Field): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 8, arbitrary: likely(field) }, { weight: 1, arbitrary: junk });
}

function likely(field: Field): fc.Arbitrary<unknown> {
  switch (field.type) {
    case "string": {
      const formatted = fc.constantFrom("2024-02-29", "2023-02-29", "10.0.0.1", "a-b", "aab", "a7");
      return fc.oneof(text, formatted, ...(field.enum === undefined ? [] : [fc.constantFrom(...field.enum)]));
    }
    case "integer":
      return fc.oneof(whole, ...(field.enum === undefined ? [] : [fc.constantFrom(...field.enum)]));
    case "float":
      return fc.oneof(decimal, whole, ...(field.enum === undefined ? [] : [fc.constantFrom(...field.enum)]));
    case "boolean":
      return fc.boolean();
    case "file":
      return fc.constantFrom(
        `sha256:${"0a".repeat(32)}`,
        `sha256:${"0A".repeat(32)}`,
        "@123e4567-e89b-12d3-a456-426614174000",
        "@123e4567-e89b-12d3-a456-426614174000.image[0]",
        "@@123e4567-e89b-12d3-a456-426614174000",
        "cat.png",
      );
    case "array":
      return fc.array(field.items === undefined ? junk : valueFor(field.items), { maxLength: 4 });
    case "object":
      return membersFor(field.properties ?? {}, ["c", "d"]);
    case "any":
      return junk;
  }
}

/** Objects with some of the declared members, and sometimes one that is not declared. */
export function membersFor(
  fields: Record<string, Field>,
  others: readonly string[],
): fc.Arbitrary<Record<string, unknown>> {
  const declared = fc.record(
    Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, valueFor(field)])),
    { requiredKeys: [] },
  );
  const stray = fc.oneof(
    { weight: 3, arbitrary: fc.constant({}) },
    { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...others), junk).map(([name, value]) => ({ [name]: value })) },
  );
  // Plain objects: fc.record's have no prototype, and toEqual tells them apart.
  return fc.tuple(stray, declared).map(([extra, members]) => ({ ...extra, ...members }));
}

/** A field of the same type in which each key is kept (mostly), taken from another field, or dropped; now and then one of type any. */
export function mutationOf(field: Field): fc.Arbitrary<Field> {
  return fc.oneof({ weight: 9, arbitrary: sameTypeAs(field) }, { weight: 1, arbitrary: fieldOf("any") });
}

function sameTypeAs(field: Field): fc.Arbitrary<Field> {
  return fieldOf(field.type, 1)
    .chain((other) => {
      const [before, after] = [new Map(Object.entries(field)), new Map(Object.entries(other))];
      const keys = [...new Set([...before.keys(), ...after.keys()])].filter(
        (key) => key !== "type" && key !== "default",
      );
      return fc.record(
        Object.fromEntries(keys.map((key) => [key, mutationOfKey(key, field, before.get(key), after.get(key))])),
      );
    })
    .map((constraints) => withoutUnlikely({ ...constraints, type: field.type }))
    .chain((changed) =>
      field.default !== undefined && checkValue(changed, field.default, "").length === 0
        ? fc.constantFrom<Field>(
            { ...changed, default: field.default },
            { ...changed, default: field.default },
            changed,
          )
        : fc.oneof(fc.constant(changed), defaulted(changed)),
    );
}

function mutationOfKey(key: string, field: Field, before: unknown, after: unknown): fc.Arbitrary<unknown> {
  let kept: fc.Arbitrary<unknown> = fc.constant(before);
  if (key === "items" && field.type === "array" && field.items !== undefined) kept = mutationOf(field.items);
  if (key === "properties" && field.type === "object" && field.properties !== undefined)
    kept = mutationOfFields(field.properties);
  return fc.oneof(
    { weight: 6, arbitrary: kept },
    { weight: 1, arbitrary: fc.constant(after) },
    { weight: 2, arbitrary: fc.constant(undefined) },
  );
}

/** The fields kept, changed, dropped, and sometimes one more. */
export function mutationOfFields(fields: Record<string, Field>): fc.Arbitrary<Record<string, Field>> {
  const members = Object.entries(fields).map(([name, field]): [string, fc.Arbitrary<Field | undefined>] => [
    name,
    fc.oneof(
      { weight: 6, arbitrary: fc.constant(field) },
      { weight: 6, arbitrary: mutationOf(field) },
      { weight: 1, arbitrary: fc.constant(undefined) },
    ),
  ]);
  const more = fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: anyField(1) });
  return fc.record({ d: more, ...Object.fromEntries(members) }).map((changed) => JSON.parse(JSON.stringify(changed)));
}
