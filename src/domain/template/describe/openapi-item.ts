import type { ConcreteTemplate, Example } from "../../../contract/template/document.ts";
import { fieldsSchema, type JsonSchema } from "./json-schema.ts";

/** A template under the name and version by which it is published. */
export interface PublishedTemplate {
  name: string;
  version: string;
  template: Pick<ConcreteTemplate, "name" | "description" | "category" | "interface" | "examples">;
}

/** The OpenAPI 3.1 path item by which a template is run, with its real schema and its examples. Needs `#/components/schemas/Problem`. */
export function openApiItem({ name, version, template }: PublishedTemplate): { path: string; item: JsonSchema } {
  return {
    path: `/v1/templates/${name}/runs`,
    item: {
      post: {
        operationId: `run_${name}`,
        tags: [template.category ?? "uncategorized"],
        summary: template.name,
        description: [template.description, `Version ${version}.`].filter((text) => text !== undefined).join("\n\n"),
        parameters: [idempotencyKey, prefer],
        requestBody: {
          required: true,
          content: { "application/json": { schema: requestSchema(template), ...examplesOf(template.examples) } },
        },
        responses: {
          "200": answer("The run ended within the time that Prefer: wait gave it", endedRun(template)),
          "202": {
            ...answer("The run is accepted; Location is where it is found", acceptedRun),
            headers: { Location: { description: "URL of the run", schema: { type: "string" } } },
          },
          "422": refusal("The inputs do not fit the interface; `issues` names every problem"),
          default: refusal("The request is refused or failed"),
        },
      },
    },
  };
}

const idempotencyKey = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  description: "The same key answers the same run again instead of starting another",
  schema: { type: "string", minLength: 1, maxLength: 255 },
};

const prefer = {
  name: "Prefer",
  in: "header",
  required: false,
  description: "`wait=30` waits up to 30 s for the run to end",
  schema: { type: "string" },
};

const runState = { type: "string", enum: ["queued", "leased", "running", "succeeded", "failed", "cancelled"] };
const acceptedRun: JsonSchema = {
  type: "object",
  properties: { id: { type: "string" }, state: runState },
  required: ["id", "state"],
};

function requestSchema(template: PublishedTemplate["template"]): JsonSchema {
  return {
    type: "object",
    properties: {
      inputs: fieldsSchema(template.interface.inputs),
      priority: { type: "integer", minimum: 1, maximum: 10, description: "10 goes first" },
      pool: { type: "string", description: "The pool of runners that the run goes to" },
      labels: { type: "object", additionalProperties: { type: "string" }, description: "Words to find the run by" },
    },
    required: ["inputs"],
    additionalProperties: false,
  };
}

function endedRun(template: PublishedTemplate["template"]): JsonSchema {
  return {
    type: "object",
    properties: { id: { type: "string" }, state: runState, outputs: fieldsSchema(template.interface.outputs) },
    required: ["id", "state"],
  };
}

function examplesOf(examples: readonly Example[] | undefined): JsonSchema {
  if (examples === undefined || examples.length === 0) return {};
  const named = examples.map(({ name, description, inputs }): [string, JsonSchema] => [
    name,
    { summary: name, ...(description === undefined ? {} : { description }), value: { inputs } },
  ]);
  return { examples: Object.fromEntries(named) };
}

function answer(description: string, schema: JsonSchema): JsonSchema {
  return { description, content: { "application/json": { schema } } };
}

function refusal(description: string): JsonSchema {
  return {
    description,
    content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
  };
}
