import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { openApiDocumentOf } from "../../../../src/domain/template/describe/openapi-document.ts";
import { openApiItem } from "../../../../src/domain/template/describe/openapi-item.ts";
import { aTemplate } from "../a-template.ts";
import { anyInputs } from "../arbitrary-field.ts";

const template = aTemplate({
  id: "image_generation",
  category: "generation",
  description: "Makes images",
  inputs: { prompt: { type: "string", required: true, max_length: 100 }, steps: { type: "integer", default: 20 } },
  outputs: { image: { type: "file", required: true } },
  examples: [{ name: "a cat", description: "Small", inputs: { prompt: "a cat" } }],
});
const published = { kind: "template", name: "image_generation", version: "1.0.0", callable: template } as const;

test("the OpenAPI document of a template is valid OpenAPI 3.1", async () => {
  const result = await new Validator().validate(openApiDocumentOf(published, "https://registry.example"));
  expect(result).toMatchObject({ valid: true });
});

test("the OpenAPI document of any interface is valid", async () => {
  await fc.assert(
    fc.asyncProperty(anyInputs, anyInputs, async (inputs, outputs) => {
      const any = { ...published, callable: aTemplate({ inputs, outputs }) };
      expect(await new Validator().validate(openApiDocumentOf(any))).toMatchObject({ valid: true });
    }),
    { numRuns: 25 },
  );
});

test("a run's request has the template's real schema and its named examples, which fit it", () => {
  const { path, item } = openApiItem(published);
  expect(path).toBe("/v1/templates/image_generation/runs");
  expect(item).toMatchObject({
    post: {
      operationId: "run_image_generation",
      tags: ["generation"],
      requestBody: {
        content: {
          "application/json": {
            schema: {
              required: ["inputs"],
              additionalProperties: false,
              properties: {
                inputs: { required: ["prompt"], properties: { prompt: { maxLength: 100 }, steps: { default: 20 } } },
              },
            },
            examples: { "a cat": { summary: "a cat", description: "Small", value: { inputs: { prompt: "a cat" } } } },
          },
        },
      },
    },
  });
});

test("the request schema takes what a run takes and nothing else", () => {
  const text = JSON.stringify(openApiItem(published).item);
  const schema = JSON.parse(text).post.requestBody.content["application/json"].schema;
  const accepts = new Ajv2020({ allowUnionTypes: true }).compile(schema);
  expect(accepts({ inputs: { prompt: "a" }, priority: 10, pool: "gpu", labels: { team: "x" } })).toBe(true);
  expect(accepts({ inputs: {} })).toBe(false);
  expect(accepts({ inputs: { prompt: "a" }, priority: 11 })).toBe(false);
  expect(accepts({ inputs: { prompt: "a" }, prio: 1 })).toBe(false);
});

test("every reference in the document leads somewhere in it", () => {
  const document = openApiDocumentOf(published);
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(
    (match) => match[1],
  );
  expect(references.length).toBeGreaterThan(2);
  expect(document).toMatchObject({
    components: { schemas: { Problem: { type: "object" }, Issue: { type: "object" } } },
  });
  expect(new Set(references)).toEqual(new Set(["Problem", "Issue"]));
});

test("a template without a category is tagged as such, and without examples has none", () => {
  const { item } = openApiItem({ ...published, callable: aTemplate() });
  expect(item).toMatchObject({ post: { tags: ["uncategorized"] } });
  expect(JSON.stringify(item)).not.toContain('"examples"');
});
