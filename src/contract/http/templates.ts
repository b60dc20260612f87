import { z } from "zod";
import { cataloguePage } from "../artifact/catalogue.ts";
import { templateName } from "../artifact/name.ts";
import { versionState } from "../artifact/name-index.ts";
import { batchAnswer, registration } from "../artifact/registration.ts";
import { resolvedArtifact } from "../artifact/resolved.ts";
import { reference, selector } from "../artifact/selector.ts";
import { limits } from "../limits.ts";
import { comparisonAnswer } from "../template/comparison-answer.ts";
import { templateDocument } from "../template/document.ts";
import { schemaAnswer } from "../template/schema-answer.ts";
import { validationAnswer, validationRequest } from "../template/validation.ts";
import { cursor, dryRun, flag, pageLimit } from "./query.ts";
import { route } from "./route.ts";

const documentTypes = ["application/yaml", "text/yaml", "application/x-yaml", "application/json"] as const;
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
const writeFailures = [
  "INVALID_REQUEST",
  "UNAUTHENTICATED",
  "FORBIDDEN",
  "LIMIT_REACHED",
  "BODY_TOO_LARGE",
  "UNSUPPORTED_MEDIA_TYPE",
  "UNAVAILABLE",
] as const;

export const listTemplates = route({
  operationId: "listTemplates",
  method: "GET",
  path: "/v1/templates",
  tag: "Templates",
  summary: "List and search templates",
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
});

export const registerTemplate = route({
  operationId: "registerTemplate",
  method: "POST",
  path: "/v1/templates",
  tag: "Templates",
  summary: "Register a template",
  description: "The same document again answers 200 and changes nothing. With `dry_run=true` nothing is committed.",
  access: "publish",
  query: dryRun,
  body: { as: "document", mediaTypes: documentTypes, limitBytes: limits.documentBytes, schema: templateDocument },
  answers: {
    200: { description: "Unchanged, or what would be done under dry_run", schema: registration },
    201: { description: "Registered", schema: registration },
  },
  failures: [...writeFailures, "INVALID_DOCUMENT", "VERSION_TAKEN", "INCOMPATIBLE_CHANGE"],
});

export const registerTemplates = route({
  operationId: "registerTemplates",
  method: "POST",
  path: "/v1/templates:batch",
  tag: "Templates",
  summary: "Register many templates",
  description:
    "A YAML stream of documents (`---` between them) or a JSON array. Ordered by `extends`; one bad document does not stop the others; each has its own result.",
  access: "publish",
  query: dryRun,
  body: { as: "document", mediaTypes: documentTypes, limitBytes: limits.batchBytes, schema: z.array(templateDocument) },
  answers: { 200: { description: "One result for each document, in the order sent", schema: batchAnswer } },
  failures: [...writeFailures, "INVALID_DOCUMENT"],
});

export const getTemplate = route({
  operationId: "getTemplate",
  method: "GET",
  path: "/v1/templates/{reference}",
  tag: "Templates",
  summary: "Look a template up",
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
});

export const compareTemplateVersions = route({
  operationId: "compareTemplateVersions",
  method: "GET",
  path: "/v1/templates/{name}/compare",
  tag: "Templates",
  summary: "Compare two versions",
  description: "What changed between them, how severe each change is, and the version bump that it asks for.",
  access: "read",
  params: z.strictObject({ name: templateName }),
  query: z.strictObject({ from: selector, to: selector.optional() }),
  answers: { 200: { description: "The differences", schema: comparisonAnswer } },
  failures: lookupFailures,
});

export const getTemplateSchema = route({
  operationId: "getTemplateSchema",
  method: "GET",
  path: "/v1/templates/{reference}/schema",
  tag: "Templates",
  summary: "JSON Schema of inputs and outputs",
  access: "read",
  params: z.strictObject({ reference }),
  answers: { 200: { description: "JSON Schema 2020-12 of the inputs and of the outputs", schema: schemaAnswer } },
  failures: lookupFailures,
});

export const getTemplateOpenapi = route({
  operationId: "getTemplateOpenapi",
  method: "GET",
  path: "/v1/templates/{reference}/openapi.json",
  tag: "Templates",
  summary: "OpenAPI document of one template",
  access: "read",
  params: z.strictObject({ reference }),
  answers: { 200: { description: "An OpenAPI 3.1 document", schema: z.record(z.string(), z.unknown()) } },
  failures: lookupFailures,
});

export const validateTemplateInputs = route({
  operationId: "validateTemplateInputs",
  method: "POST",
  path: "/v1/templates/{reference}/validate",
  tag: "Templates",
  summary: "Check inputs without running",
  description: "Answers the inputs with defaults applied and the resources that a run with them needs.",
  access: "read",
  params: z.strictObject({ reference }),
  body: { as: "json", schema: validationRequest, limitBytes: limits.requestBytes },
  answers: { 200: { description: "The inputs are accepted", schema: validationAnswer } },
  failures: [...lookupFailures, "STATE_CONFLICT", "INVALID_INPUTS", "BODY_TOO_LARGE", "UNSUPPORTED_MEDIA_TYPE"],
});
