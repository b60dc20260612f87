import { workflowDocument } from "../workflow/document.ts";
import { artifactRoutesOf } from "./artifact-routes.ts";
import { workflowCollection } from "./collection.ts";
import { documentRoutes } from "./document-routes.ts";

/** Routes by which workflows are registered. */
export const registerWorkflows = documentRoutes(
  workflowCollection,
  workflowDocument,
  "Its name is `metadata.id`, its version `metadata.version`.",
);

/** Every route of workflows that all kinds have. */
export const workflowRoutes = artifactRoutesOf(workflowCollection);
