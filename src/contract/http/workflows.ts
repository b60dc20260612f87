import { z } from "zod";
import { reference } from "../artifact/selector.ts";
import { workflowDocument } from "../workflow/document.ts";
import { calledSkills } from "../workflow/locked-skill.ts";
import { callableRoutesOf } from "./artifact-routes.ts";
import { workflowCollection } from "./collection.ts";
import { documentRoutes } from "./document-routes.ts";
import { lookupFailures } from "./lookup-routes.ts";
import { route } from "./route.ts";

/** Routes by which workflows are registered. */
export const registerWorkflows = documentRoutes(
  workflowCollection,
  workflowDocument,
  "Its name is `metadata.id`, its version `metadata.version`.",
);

/** Every route of workflows that other kinds have too. */
export const workflowRoutes = callableRoutesOf(workflowCollection);

export const listWorkflowSkills = route({
  operationId: "listWorkflowSkills",
  method: "GET",
  path: `${workflowCollection.path}/{reference}/skills`,
  tag: workflowCollection.Plural,
  summary: "Skills that a workflow calls, and who answers to them",
  description:
    "Of each skill: who answered when this version was published, and who answers now. A run fixes at its start who does.",
  access: "read",
  params: z.strictObject({ reference }),
  answers: { 200: { description: "The skills, in the order of the document", schema: calledSkills } },
  failures: lookupFailures,
});
