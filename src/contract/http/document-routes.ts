import { z } from "zod";
import { batchAnswer, registration } from "../artifact/registration.ts";
import { limits } from "../limits.ts";
import type { Collection } from "./collection.ts";
import { batching, registering } from "./query.ts";
import { route } from "./route.ts";
import { writeFailures } from "./write-failures.ts";

const documentTypes = ["application/yaml", "text/yaml", "application/x-yaml", "application/json"] as const;

/** Routes by which documents of a kind are registered that is served as it was written. `more` is told after the summary. */
export function documentRoutes(of: Collection, schema: z.ZodType, more: string) {
  return {
    register: route({
      operationId: `register${of.Noun}`,
      method: "POST",
      path: `${of.path}`,
      tag: of.Plural,
      summary: `Register a document: ${of.kind}`,
      description: `The same document again answers 200 and changes nothing. With \`dry_run=true\` nothing is committed. ${more}`,
      access: "publish",
      query: registering,
      body: { as: "document", mediaTypes: documentTypes, limitBytes: limits.documentBytes, schema },
      answers: {
        200: { description: "Unchanged, or what would be done under dry_run", schema: registration },
        201: { description: "Registered", schema: registration },
      },
      failures: [...writeFailures, "INVALID_DOCUMENT", "VERSION_TAKEN", "VERSION_DELETED"],
    }),

    batch: route({
      operationId: `register${of.Plural}`,
      method: "POST",
      path: `${of.path}:batch`,
      tag: of.Plural,
      summary: `Register many documents: ${of.Plural.toLowerCase()}`,
      description:
        "A YAML stream of documents (`---` between them) or a JSON array. One bad document does not stop the others; each has its own result.",
      access: "publish",
      query: batching,
      body: { as: "document", mediaTypes: documentTypes, limitBytes: limits.batchBytes, schema: z.array(schema) },
      answers: { 200: { description: "One result for each document, in the order sent", schema: batchAnswer } },
      failures: [...writeFailures, "INVALID_DOCUMENT"],
    }),
  };
}

/** The routes by which one such kind is registered. */
export type DocumentRoutes = ReturnType<typeof documentRoutes>;
