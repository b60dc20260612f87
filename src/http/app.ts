import { Hono } from "hono";
import { agentRoutes } from "../contract/http/agents.ts";
import { functionRoutes } from "../contract/http/functions.ts";
import { templateRoutes } from "../contract/http/templates.ts";
import { workflowRoutes } from "../contract/http/workflows.ts";
import { bindAuditRoutes } from "./access/audit-routes.ts";
import { bindPublisherRoutes } from "./access/publisher-routes.ts";
import { bindTokenRoutes } from "./access/token-routes.ts";
import { bindWhoamiRoute } from "./access/whoami-route.ts";
import { bindAgentRoutes } from "./agents/agent-routes.ts";
import { answerPreflight } from "./answer-preflight.ts";
import { answerError } from "./answers/answer-error.ts";
import { answerProblem } from "./answers/answer-problem.ts";
import { bindArtifactRoutes, bindCallableRoutes } from "./artifacts/artifact-routes.ts";
import { bindEntityRoutes } from "./entities/entity-routes.ts";
import { bindChangeRoutes } from "./events/change-routes.ts";
import { bindFileRoutes } from "./files/file-routes.ts";
import { bindSourceRoutes } from "./functions/register-routes.ts";
import { bindStarterRoutes } from "./functions/starter-routes.ts";
import type { AppEnv } from "./needs.ts";
import { bindGarbageRoutes } from "./registry/garbage-routes.ts";
import { bindLayoutRoutes } from "./registry/layout-routes.ts";
import { bindMetricsRoute } from "./registry/metrics-route.ts";
import { bindRegistryRoutes } from "./registry/registry-routes.ts";
import { methodsOf, routesAt } from "./requests/routes-at.ts";
import { bindRunnerRoutes } from "./runners/runner-routes.ts";
import { bindRunRoutes } from "./runs/run-routes.ts";
import { bindSkillRoutes } from "./skills/skill-routes.ts";
import { bindSubscriptionRoutes } from "./subscriptions/subscription-routes.ts";
import { bindRegisterRoutes } from "./templates/register-routes.ts";
import { bindHookRoutes } from "./webhooks/delivery-routes.ts";
import { bindHookSourceRoutes } from "./webhooks/source-routes.ts";
import { bindWorkflowRoutes } from "./workflows/workflow-routes.ts";

/** The whole HTTP surface. Its environment is `Needs`, wired for each request by the worker ring. */
export function createApp(): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  bindCallableRoutes(app, templateRoutes);
  bindCallableRoutes(app, functionRoutes);
  bindCallableRoutes(app, workflowRoutes);
  bindArtifactRoutes(app, agentRoutes);
  bindRegisterRoutes(app);
  bindSourceRoutes(app);
  bindStarterRoutes(app);
  bindWorkflowRoutes(app);
  bindAgentRoutes(app);
  bindSkillRoutes(app);
  bindRunRoutes(app);
  bindEntityRoutes(app);
  bindFileRoutes(app);
  bindRunnerRoutes(app);
  bindRegistryRoutes(app);
  bindAuditRoutes(app);
  bindMetricsRoute(app);
  bindLayoutRoutes(app);
  bindGarbageRoutes(app);
  bindChangeRoutes(app);
  bindWhoamiRoute(app);
  bindTokenRoutes(app);
  bindPublisherRoutes(app);
  bindSubscriptionRoutes(app);
  bindHookRoutes(app);
  bindHookSourceRoutes(app);
  app.options("*", (c) => {
    const answered = answerPreflight(c.req.raw, c.req.path, c.env);
    return answered ?? refuseRoute(c.req.method, c.req.path, c.env.requestId);
  });
  app.notFound((c) => refuseRoute(c.req.method, c.req.path, c.env.requestId));
  app.onError((error, c) => answerError(error, c.env));
  return app;
}

/** No route; or one that does not take this method: 405 and which it takes (RFC 9110 section 15.5.6). */
function refuseRoute(method: string, path: string, requestId: string): Response {
  const routes = routesAt(path);
  const [meant] = routes;
  if (meant === undefined) {
    const message = `${method} ${path.slice(0, 200)} is no route of this API; GET /openapi.json lists them, /docs shows them`;
    return answerProblem({ code: "ROUTE_NOT_FOUND", message }, requestId);
  }
  const allowed = methodsOf(routes).join(", ");
  const message = `${meant.path} does not take ${method}; it takes ${allowed}`;
  return answerProblem({ code: "METHOD_NOT_ALLOWED", message }, requestId, { Allow: allowed });
}
