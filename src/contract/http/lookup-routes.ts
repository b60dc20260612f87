import { z } from "zod";
import { cataloguePage } from "../artifact/catalogue.ts";
import { versionState } from "../artifact/name-index.ts";
import { resolvedArtifact } from "../artifact/resolved.ts";
import { reference, selector } from "../artifact/selector.ts";
import { limits } from "../limits.ts";
import { comparisonAnswer } from "../template/comparison-answer.ts";
import { schemaAnswer } from "../template/schema-answer.ts";
import { validationAnswer, validationRequest } from "../template/validation.ts";
import type { Collection } from "./collection.ts";
import { cursor, flag, pageLimit } from "./query.ts";
import { route } from "./route.ts";

const lookupFailures = [
  "INVALID_REQUEST",
  "NAME_NOT_FOUND",
  "VERSION_NOT_FOUND",
  "VERSION_YANKED",
  "VERSION_DELETED",
  "TAG_NOT_FOUND",
  "SEQ_NOT_REACHED",
  "UNAVAILABLE",
] as const;

/** Routes by which one kind of artifact is listed, looked up, compared, described, and its inputs are checked. */
export function lookupRoutes(of: Collection) {
  return {
    list: route({
      operationId: `list${of.Plural}`,
      method: "GET",
      path: `${of.path}`,
      tag: of.Plural,
      summary: `List and search ${of.Plural.toLowerCase()}`,
      description:
        "Ordered by name; with `q`, best matches first. A page's `next_cursor` continues exactly after it, whatever is published meanwhile.",
      access: "read",
      query: z.strictObject({
        q: z.string().min(1).max(limits.searchLength).optional(),
        category: z.string().max(50).optional(),
        tag: z.string().max(50).optional(),
        runtime: z.string().max(50).optional(),
        gpu: flag.optional(),
        state: versionState.optional(),
        limit: pageLimit,
        cursor,
      }),
      answers: { 200: { description: "A page of the catalogue", schema: cataloguePage } },
      failures: ["INVALID_REQUEST", "UNAVAILABLE"],
    }),

    get: route({
      operationId: `get${of.Noun}`,
      method: "GET",
      path: `${of.path}/{reference}`,
      tag: of.Plural,
      summary: `Look a ${of.kind} up`,
      description:
        "`name`, `name@1.2.3`, `name@^1`, `name@stable` or `name@sha256:…`. `Accept: application/yaml` answers the source as published. Never older than 5 s; `Callsheet-Min-Seq` asks for newer.",
      access: "read",
      params: z.strictObject({ reference }),
      query: z.strictObject({ version: selector.optional() }),
      answers: {
        200: { description: "The version that the reference means", schema: resolvedArtifact },
        304: { description: "Unchanged since the ETag in If-None-Match" },
      },
      failures: [...lookupFailures, "NOT_ACCEPTABLE"],
    }),

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
