import fc from "fast-check";
import { checkJsonSchema, type SchemaFinding } from "../../../../src/domain/agent/schema/check-json-schema.ts";
import { readSchema } from "../../../../src/domain/agent/schema/read-schema.ts";
import type { JsonValue } from "../../../../src/domain/document/json-value.ts";

export type Schema = Record<string, unknown>;

/** Reads a schema, which must succeed, and checks a value by it. */
export function check(schema: Schema, value: JsonValue): SchemaFinding {
  const read = readSchema(schema);
  if (!read.ok) throw new Error(read.failure);
  return checkJsonSchema(read.value, value);
}

const keys = fc.constantFrom("a", "b", "ab", "c");

/** Small values, in which the keys and texts of `anySchema` often stand. */
export const anyValue: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthIdentifier: "value" },
    fc.constantFrom<JsonValue>(null, true, false, 0, 1, 2, 1.5, -1, "", "a", "b", "ab", "aab", "😀"),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(keys, tie("value"), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;

const type = fc.constantFrom("null", "boolean", "integer", "number", "string", "array", "object");
const count = fc.integer({ min: 0, max: 3 });
const names = fc.uniqueArray(keys, { maxLength: 3 });

/**
 * Schemas of all keywords but `unevaluated…`, of which validators differ; small enough that values often fit. `#/$defs/x` and `#/$defs/y` are
 * there.
 */
export const anySchema: fc.Arbitrary<Schema> = fc
  .letrec<{ schema: Schema | boolean }>((tie) => {
    const schema = tie("schema");
    const byName = fc.dictionary(keys, schema, { maxKeys: 3, noNullPrototype: true });
    const list = fc.array(schema, { minLength: 1, maxLength: 3 });
    const some = (shape: Record<string, fc.Arbitrary<unknown>>) => fc.record(shape, { requiredKeys: [] });
    return {
      schema: fc.oneof(
        { maxDepth: 3, depthIdentifier: "schema" },
        fc.constantFrom<Schema | boolean>(true, false, {}),
        some({ type: fc.oneof(type, fc.uniqueArray(type, { minLength: 1, maxLength: 3 })) }),
        some({ enum: fc.array(anyValue, { minLength: 1, maxLength: 3 }), const: anyValue }),
        some({ minimum: count, exclusiveMaximum: count, multipleOf: fc.constantFrom(1, 2, 0.5) }),
        some({ minLength: count, maxLength: count, pattern: fc.constantFrom("^a", "b$", "^a*b?$", "[ab]{2}") }),
        some({ properties: byName, required: names, additionalProperties: schema, minProperties: count }),
        some({ patternProperties: fc.dictionary(fc.constantFrom("^a", "b"), schema, { noNullPrototype: true }) }),
        some({ propertyNames: schema, maxProperties: count, dependentSchemas: byName }),
        some({ dependentRequired: fc.dictionary(keys, names, { noNullPrototype: true }) }),
        some({ items: schema, prefixItems: list, minItems: count, maxItems: count, uniqueItems: fc.boolean() }),
        some({ contains: schema, maxContains: count }),
        some({ allOf: list, not: schema }),
        some({ anyOf: list, properties: byName }),
        some({ oneOf: list }),
        // Condition and consequences are always there: other validators warn of one without the other.
        fc.record(Object.fromEntries(["if", "then", "else"].map((key) => [key, schema]))),
        fc.constantFrom<Schema>({ $ref: "#/$defs/x" }, { $ref: "#/$defs/y", type: "object" }),
      ),
    };
  })
  .schema.map((schema) => ({
    $defs: { x: { type: ["integer", "array"] }, y: { properties: { a: { type: "string" } }, required: ["b"] } },
    allOf: [schema],
  }));
