import { z } from "zod";
import { batchAnswer, registration } from "../artifact/registration.ts";
import { limits } from "../limits.ts";
import { templateDocument } from "../template/document.ts";
import { callableRoutesOf } from "./artifact-routes.ts";
import { templateCollection } from "./collection.ts";
import { batching, registering } from "./query.ts";
import { route } from "./route.ts";
import { writeFailures } from "./write-failures.ts";

const documentTypes = ["application/yaml", "text/yaml", "application/x-yaml", "application/json"] as const;

export const registerTemplate = route({
  operationId: "registerTemplate",
  method: "POST",
  path: "/v1/templates",
  tag: "Templates",
  summary: "Register a template",
  description: "The same document again answers 200 and changes nothing. With `dry_run=true` nothing is committed.",
  access: "publish",
  query: registering,
  body: { as: "document", mediaTypes: documentTypes, limitBytes: limits.documentBytes, schema: templateDocument },
  answers: {
    200: { description: "Unchanged, or what would be done under dry_run", schema: registration },
    201: { description: "Registered", schema: registration },
  },
  failures: [...writeFailures, "INVALID_DOCUMENT", "VERSION_TAKEN", "VERSION_DELETED", "INCOMPATIBLE_CHANGE"],
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
  query: batching,
  body: { as: "document", mediaTypes: documentTypes, limitBytes: limits.batchBytes, schema: z.array(templateDocument) },
  answers: { 200: { description: "One result for each document, in the order sent", schema: batchAnswer } },
  failures: [...writeFailures, "INVALID_DOCUMENT"],
});

/** Every other route of templates. */
export const templateRoutes = callableRoutesOf(templateCollection);
