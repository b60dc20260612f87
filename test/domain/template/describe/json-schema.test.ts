import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Field, stringFormat } from "../../../../src/contract/template/field.ts";
import { inputsJsonSchema, outputsJsonSchema } from "../../../../src/domain/template/describe/json-schema.ts";
import { checkInputs } from "../../../../src/domain/template/value/check-inputs.ts";
import { matchesFormat } from "../../../../src/domain/template/value/matches-format.ts";
import { aTemplate } from "../a-template.ts";
import { anyInputs, membersFor } from "../arbitrary-field.ts";

/** A strict validator: unknown keywords and formats throw. Formats are ours, since validators differ in them. */
function validator(inputs: Record<string, Field>) {
  const ajv = new Ajv2020({
    strict: true,
    strictRequired: false,
    allowUnionTypes: true,
    multipleOfPrecision: 9,
    allErrors: true,
    ownProperties: true,
  });
  for (const format of stringFormat.options) ajv.addFormat(format, (text: string) => matchesFormat(format, text));
  return ajv.compile(inputsJsonSchema(aTemplate({ inputs })));
}

test("the JSON Schema accepts exactly the inputs that checkInputs accepts", () => {
  let accepted = 0;
  let refused = 0;
  const cases = anyInputs.chain((inputs) =>
    fc.tuple(fc.constant(inputs), fc.array(membersFor(inputs, ["d"]), { minLength: 12, maxLength: 12 })),
  );
  fc.assert(
    fc.property(cases, ([inputs, calls]) => {
      const accepts = validator(inputs);
      for (const call of calls) {
        const ours = checkInputs({ inputs }, call).issues;
        if (ours.length === 0) accepted += 1;
        else refused += 1;
        expect({ accepted: accepts(call), ours, theirs: accepts.errors }).toMatchObject({
          accepted: ours.length === 0,
        });
      }
    }),
    { numRuns: 400 },
  );
  expect(Math.min(accepted, refused)).toBeGreaterThan(500);
});

test.each<[string, Field, unknown, boolean]>([
  ["an integer beyond 2^53 − 1", { type: "integer" }, 2 ** 53, false],
  ["an integer written 1.0", { type: "integer" }, 1.0, true],
  ["a length counted in code points", { type: "string", max_length: 1 }, "😀", true],
  ["null where it is allowed beside an enum", { type: "string", enum: ["a"], nullable: true }, null, true],
  ["null where it is not", { type: "string" }, null, false],
  ["too many decimals", { type: "float", precision: 2 }, 0.125, false],
  ["decimals as allowed, in spite of binary noise", { type: "float", precision: 2 }, 0.07, true],
  ["a multiple, in spite of binary noise", { type: "float", multiple_of: 0.1 }, 0.3, true],
])("schema and check agree on %s", (_, field, value, verdict) => {
  expect(validator({ x: field })({ x: value })).toBe(verdict);
  expect(checkInputs({ inputs: { x: field } }, { x: value }).issueCount === 0).toBe(verdict);
});

test("what has a default is not required in the schema", () => {
  const inputs: Record<string, Field> = {
    a: { type: "string", required: true, default: "x" },
    b: { type: "string", required: true },
    o: {
      type: "object",
      required: ["p", "q"],
      properties: { p: { type: "integer", default: 1 }, q: { type: "integer" } },
    },
  };
  expect(inputsJsonSchema(aTemplate({ inputs }))).toMatchObject({
    required: ["b"],
    additionalProperties: false,
    properties: { a: { default: "x" }, o: { required: ["q"], additionalProperties: false } },
  });
});

test.each([
  ["^a\\-b$", "^a\\x2db$"],
  ["^[a-z]+$", "^[a-z]+$"],
])("the pattern %s is written so that ECMA-262 reads it: %s", (source, expected) => {
  const schema = inputsJsonSchema(aTemplate({ inputs: { x: { type: "string", pattern: source } } }));
  expect(schema).toMatchObject({ properties: { x: { pattern: expected } } });
});

test.each(["(?i)abc", "^\\Aabc\\z", "[[:alpha:]]+", "\\pL+", "(?P<name>a)"])(
  "the pattern %s, which ECMA-262 reads otherwise or not at all, is only a comment",
  (pattern) => {
    const schema = inputsJsonSchema(aTemplate({ inputs: { x: { type: "string", pattern } } }));
    expect(schema).toMatchObject({ properties: { x: { $comment: `must match the RE2 pattern ${pattern}` } } });
    expect(JSON.stringify(schema)).not.toContain('"pattern"');
  },
);

test("outputs have a schema too, and a file says what its bytes must be", () => {
  const outputs: Record<string, Field> = {
    image: {
      type: "file",
      required: true,
      format: ["png"],
      mime_types: ["image/png"],
      max_size: 1000,
      description: "The picture",
    },
  };
  expect(outputsJsonSchema(aTemplate({ outputs }), "https://registry.example/outputs")).toMatchObject({
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: "https://registry.example/outputs",
    required: ["image"],
    properties: {
      image: {
        type: "string",
        description: "The picture",
        contentMediaType: "image/png",
        $comment: "a file: formats png; media types image/png; at most 1000 bytes",
      },
    },
  });
});
