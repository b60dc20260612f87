import { z } from "zod";
import { version } from "../artifact/version.ts";
import { sourceBatch, sourceBatchAnswer, sourceRegistration } from "../function/registration.ts";
import { functionRuntime, sourceLanguage, sourceMediaTypes } from "../function/runtime.ts";
import { starter, starterList } from "../function/starter.ts";
import { limits } from "../limits.ts";
import { callableRoutesOf } from "./artifact-routes.ts";
import { functionCollection } from "./collection.ts";
import { dryRun, registering } from "./query.ts";
import { route } from "./route.ts";
import { writeFailures } from "./write-failures.ts";

const sourceTypes = Object.values(sourceMediaTypes);

export const registerSource = route({
  operationId: "registerSource",
  method: "POST",
  path: "/v1/functions",
  tag: "Functions",
  summary: "Publish the functions of one source",
  description:
    "All functions of the source in one commit, or none. Without `version` (here or in the source) the registry chooses each one's next version by what changed. The same source again answers 200 and changes nothing. With `dry_run=true` nothing is committed. The source is analysed, never executed.",
  access: "publish",
  /** `version` is for every function of the source. */
  query: registering.extend({ version: version.optional() }),
  body: { as: "document", mediaTypes: sourceTypes, limitBytes: limits.codeBytes, schema: z.string() },
  answers: {
    200: { description: "Unchanged, or what would be done under dry_run", schema: sourceRegistration },
    201: { description: "Published", schema: sourceRegistration },
  },
  failures: [...writeFailures, "INVALID_DOCUMENT", "VERSION_TAKEN", "VERSION_DELETED", "INCOMPATIBLE_CHANGE"],
});

export const registerSources = route({
  operationId: "registerSources",
  method: "POST",
  path: "/v1/functions:batch",
  tag: "Functions",
  summary: "Publish many sources",
  description: "Each source is all or nothing; one bad source does not stop the others; each has its own result.",
  access: "publish",
  query: dryRun,
  body: { as: "json", schema: sourceBatch, limitBytes: limits.batchBytes },
  answers: { 200: { description: "One result for each source, in the order sent", schema: sourceBatchAnswer } },
  failures: writeFailures,
});

export const listStarters = route({
  operationId: "listStarters",
  method: "GET",
  path: "/v1/starters",
  tag: "Functions",
  summary: "Sources to begin with, one for each runtime",
  access: "read",
  answers: { 200: { description: "All starters", schema: starterList } },
  failures: [],
});

export const getStarter = route({
  operationId: "getStarter",
  method: "GET",
  path: "/v1/starters/{runtime}",
  tag: "Functions",
  summary: "A source to begin with",
  access: "read",
  params: z.strictObject({ runtime: functionRuntime }),
  query: z.strictObject({ language: sourceLanguage.optional() }),
  answers: { 200: { description: "The starter", schema: starter } },
  failures: ["INVALID_REQUEST"],
});

/** Every other route of functions. */
export const functionRoutes = callableRoutesOf(functionCollection);
