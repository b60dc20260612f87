import type { Hono } from "hono";
import { registerWorkflows } from "../../contract/http/workflows.ts";
import { workflowKind } from "../../operations/workflow/prepare-workflow.ts";
import { bindDocumentRoutes } from "../artifacts/document-routes.ts";
import type { AppEnv } from "../needs.ts";

/** What workflows have beside the routes of every kind. */
export function bindWorkflowRoutes(app: Hono<AppEnv>): void {
  bindDocumentRoutes(app, "workflow", registerWorkflows, workflowKind);
}
