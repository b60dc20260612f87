import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Field } from "../../../src/contract/template/field.ts";
import { fieldOfSchema } from "../../../src/domain/agent/schema/field-of-schema.ts";
import { readSchema } from "../../../src/domain/agent/schema/read-schema.ts";
import { fieldsOfJsonSchema, skillInterfaceOfSchema } from "../../../src/domain/agent/skill-interface-of-schema.ts";
import { readDocument } from "../../../src/domain/document/read-document.ts";
import { checkValue } from "../../../src/domain/template/value/check-value.ts";
import { checkWorkflow } from "../../../src/domain/workflow/check-workflow.ts";
import { anySchema, anyValue, check, type Schema } from "./schema/a-schema.ts";

function fieldOf(schema: Schema): Field {
  const read = readSchema(schema);
  if (!read.ok) throw new Error(read.failure);
  return fieldOfSchema(read.value, read.value.root);
}

describe("the field of a JSON Schema", () => {
  test.each<[Schema, Field]>([
    [
      { type: "string", minLength: 1, maxLength: 5, pattern: "^a", enum: ["a", "ab"], format: "email" },
      { type: "string", min_length: 1, max_length: 5, pattern: "^a", enum: ["a", "ab"] },
    ],
    [{ type: "string", pattern: "(?=a)a" }, { type: "string" }],
    [
      { type: "integer", minimum: 0.5, exclusiveMaximum: 10 },
      { type: "integer", min: 1, max: 9 },
    ],
    [
      { type: "integer", exclusiveMinimum: 0, maximum: 9.5 },
      { type: "integer", min: 1, max: 9 },
    ],
    [
      { type: "number", minimum: 0.5, exclusiveMaximum: 10 },
      { type: "float", min: 0.5 },
    ],
    [{ type: ["integer", "number"] }, { type: "float" }],
    [{ type: ["boolean", "null"] }, { type: "boolean", nullable: true }],
    [
      { type: "string", const: "a" },
      { type: "string", enum: ["a"] },
    ],
    [{ anyOf: [{ type: "string" }, { type: "null" }] }, { type: "string", nullable: true }],
    [{ anyOf: [{ type: "string" }, { type: "integer" }] }, { type: "any" }],
    [{ type: ["string", "integer"] }, { type: "any" }],
    [
      { type: "array", items: { $ref: "#/$defs/n" }, maxItems: 2, $defs: { n: { type: "number" } } },
      { type: "array", items: { type: "float" }, max_items: 2 },
    ],
    [{ type: "array", prefixItems: [{ type: "string" }], items: { type: "integer" } }, { type: "array" }],
    [
      {
        type: "object",
        properties: { a: { type: "string", default: "x" } },
        required: ["a", "b"],
        additionalProperties: false,
      },
      {
        type: "object",
        properties: { a: { type: "string", required: true }, b: { type: "any", required: true } },
        additional_properties: false,
      },
    ],
    [{ type: "object" }, { type: "object", properties: {}, additional_properties: true }],
    [{ $ref: "#" }, { type: "any" }],
    [{ type: "float" }, { type: "any" }],
  ])("%j", (schema, field) => {
    expect(fieldOf(schema)).toEqual(field);
  });

  test("takes every value that the schema takes", () => {
    let taken = 0;
    fc.assert(
      fc.property(anySchema, fc.array(anyValue, { minLength: 5, maxLength: 5 }), (around, values) => {
        // What the arbitrary puts into `allOf` is what tells types.
        const [inner] = Array.isArray(around.allOf) ? around.allOf : [];
        const schema: Schema = { ...(typeof inner === "object" ? inner : {}), $defs: around.$defs };
        for (const value of values) {
          if (check(schema, value).state !== "fits") continue;
          expect(checkValue(fieldOf(schema), value, ""), JSON.stringify({ schema, value })).toEqual([]);
          taken += 1;
        }
      }),
      { numRuns: 1500 },
    );
    expect(taken).toBeGreaterThan(1000);
  });
});

describe("what an agent's skill takes and gives", () => {
  const closed = { type: "object", properties: { a: { type: "string" } }, additionalProperties: false };
  const fields = { a: { type: "string" } };

  test("is told by schemas of objects; those that let in more say so", () => {
    const open = { ...closed, additionalProperties: true };
    expect(skillInterfaceOfSchema({ input_schema: closed, output_schema: open })).toEqual({
      inputs: fields,
      takesMore: false,
      outputs: fields,
      givesMore: true,
    });
    expect(fieldsOfJsonSchema(closed)).toEqual(fields);
    expect(fieldsOfJsonSchema(open)).toBeNull();
  });

  test("is not known without schemas, or with some that cannot be used", () => {
    for (const schema of [null, { $ref: "https://evil.test" }, { type: ["object", "null"] }]) {
      expect(skillInterfaceOfSchema({ input_schema: schema, output_schema: schema })).toMatchObject({
        inputs: null,
        outputs: null,
      });
    }
  });

  test("is the output `result` where no object comes", () => {
    const { outputs } = skillInterfaceOfSchema({ input_schema: null, output_schema: { type: "array" } });
    expect(outputs).toEqual({ result: { type: "array", required: true } });
  });

  test("lets a workflow give and read what an open schema does not name, and tells what a closed one does not have", () => {
    const { document } = readDocument(`
metadata: { id: calls, name: Calls, version: 1.0.0, description: Calls it twice. }
steps:
  - { id: first, skill: work, inputs: { a: x, b: 1 } }
  - { id: second, skill: work, inputs: { a: "{{ steps.first.outputs.c }}" } }
`);
    const open = { ...closed, additionalProperties: true };
    const codesWith = (schema: Schema) => {
      const skills = new Map([["work", skillInterfaceOfSchema({ input_schema: schema, output_schema: schema })]]);
      return document === null ? [] : checkWorkflow(document, { name: null, skills }).issues.map(({ code }) => code);
    };
    expect(codesWith(open)).toEqual([]);
    expect(codesWith(closed)).toEqual(expect.arrayContaining(["call_input_unknown"]));
    expect(codesWith(closed)).toHaveLength(2);
  });
});
