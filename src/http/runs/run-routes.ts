import type { Hono } from "hono";
import type { AppEnv } from "../needs.ts";
import { bindCreatingRoutes } from "./creating-routes.ts";
import { bindDeadLetterRoutes } from "./dead-letter-routes.ts";
import { bindEventRoutes } from "./event-routes.ts";
import { bindRunReadingRoutes } from "./reading-routes.ts";
import { bindWorkflowRunRoutes } from "./workflow-run-routes.ts";

/** Routes under /v1/runs, those that make runs, and the messages that no queue could deliver. */
export function bindRunRoutes(app: Hono<AppEnv>): void {
  bindCreatingRoutes(app);
  bindRunReadingRoutes(app);
  bindEventRoutes(app);
  bindWorkflowRunRoutes(app);
  bindDeadLetterRoutes(app);
}
