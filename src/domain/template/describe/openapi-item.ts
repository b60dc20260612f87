import type { CallableWorkflow } from "../../../contract/artifact/callable.ts";
import { type ArtifactKind, collectionOf } from "../../../contract/artifact/kind.ts";
import type { ConcreteTemplate, Example } from "../../../contract/template/document.ts";
import { fieldsSchema, type JsonSchema } from "./json-schema.ts";

/** What can run, under the name and version by which it is published. */
export interface PublishedCallable {
  kind: ArtifactKind;
  name: string;
  version: string;
  callable: Pick<ConcreteTemplate, "name" | "description" | "category" | "examples"> &
    Pick<CallableWorkflow, "interface">;
}

/** The OpenAPI 3.1 path item by which it is run, with its real schema and its examples. Needs `#/components/schemas/Problem`. */
export function openApiItem({ kind, name, version, callable }: PublishedCallable): { path: string; item: JsonSchema } {
  return {
    path: `/v1/${collectionOf[kind]}/${name}/runs`,
    item: {
      post: {
        operationId: operationOf(kind, name),
        tags: [callable.category ?? "uncategorized"],
        summary: callable.name,
        description: [callable.description, `Version ${version}.`].filter((text) => text !== undefined).join("\n\n"),
        parameters: [idempotencyKey, prefer],
        requestBody: {
          required: true,
          content: { "application/json": { schema: requestSchema(callable), ...examplesOf(callable.examples) } },
        },
        responses: {
          "200": answer("The run ended within the time that Prefer: wait gave it", endedRun(callable)),
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

/** Workflows may have the names of others. Separators are told apart: `a-b` and `a_b` are two names. */
function operationOf(kind: ArtifactKind, name: string): string {
  if (kind !== "workflow") return `run_${name.replaceAll(".", "_")}`;
  return `run_workflow_${name.replaceAll("-", "__").replaceAll(".", "___")}`;
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

function requestSchema(callable: PublishedCallable["callable"]): JsonSchema {
  return {
    type: "object",
    properties: {
      inputs: fieldsSchema(callable.interface.inputs),
      priority: { type: "integer", minimum: 1, maximum: 10, description: "10 goes first" },
      pool: { type: "string", description: "The pool of runners that the run goes to" },
      labels: { type: "object", additionalProperties: { type: "string" }, description: "Words to find the run by" },
    },
    required: ["inputs"],
    additionalProperties: false,
  };
}

function endedRun(callable: PublishedCallable["callable"]): JsonSchema {
  return {
    type: "object",
    properties: { id: { type: "string" }, state: runState, outputs: fieldsSchema(callable.interface.outputs) },
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
