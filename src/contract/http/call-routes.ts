import { z } from "zod";
import { reference, selector } from "../artifact/selector.ts";
import { limits } from "../limits.ts";
import { comparisonAnswer } from "../template/comparison-answer.ts";
import { schemaAnswer } from "../template/schema-answer.ts";
import { validationAnswer, validationRequest } from "../template/validation.ts";
import type { Collection } from "./collection.ts";
import { lookupFailures } from "./lookup-routes.ts";
import { route } from "./route.ts";

/** Routes by which what has an interface is compared and described, and its inputs are checked. */
export function callRoutes(of: Collection) {
  return {
    compare: route({
      operationId: `compare${of.Noun}Versions`,
      method: "GET",
      path: `${of.path}/{name}/compare`,
      tag: of.Plural,
      summary: "Compare two versions",
      description: "What changed between them, how severe each change is, and the version bump that it asks for.",
      access: "read",
      params: z.strictObject({ name: of.name }),
      query: z.strictObject({ from: selector, to: selector.optional() }),
      answers: { 200: { description: "The differences", schema: comparisonAnswer } },
      failures: lookupFailures,
    }),

    schema: route({
      operationId: `get${of.Noun}Schema`,
      method: "GET",
      path: `${of.path}/{reference}/schema`,
      tag: of.Plural,
      summary: "JSON Schema of inputs and outputs",
      access: "read",
      params: z.strictObject({ reference }),
      answers: { 200: { description: "JSON Schema 2020-12 of the inputs and of the outputs", schema: schemaAnswer } },
      failures: lookupFailures,
    }),

    openapi: route({
      operationId: `get${of.Noun}Openapi`,
      method: "GET",
      path: `${of.path}/{reference}/openapi.json`,
      tag: of.Plural,
      summary: `OpenAPI document of one ${of.kind}`,
      access: "read",
      params: z.strictObject({ reference }),
      answers: { 200: { description: "An OpenAPI 3.1 document", schema: z.record(z.string(), z.unknown()) } },
      failures: lookupFailures,
    }),

    validate: route({
      operationId: `validate${of.Noun}Inputs`,
      method: "POST",
      path: `${of.path}/{reference}/validate`,
      tag: of.Plural,
      summary: "Check inputs without running",
      description: "Answers the inputs with defaults applied and the resources that a run with them needs.",
      access: "read",
      params: z.strictObject({ reference }),
      body: { as: "json", schema: validationRequest, limitBytes: limits.requestBytes },
      answers: { 200: { description: "The inputs are accepted", schema: validationAnswer } },
      failures: [...lookupFailures, "STATE_CONFLICT", "INVALID_INPUTS", "BODY_TOO_LARGE", "UNSUPPORTED_MEDIA_TYPE"],
    }),
  };
}
