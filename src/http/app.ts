import { Hono } from "hono";
import { agentRoutes } from "../contract/http/agents.ts";
import { allRoutes } from "../contract/http/all-routes.ts";
import { functionRoutes } from "../contract/http/functions.ts";
import { templateRoutes } from "../contract/http/templates.ts";
import { workflowRoutes } from "../contract/http/workflows.ts";
import { bindAgentRoutes } from "./agents/agent-routes.ts";
import { answerError } from "./answers/answer-error.ts";
import { answerProblem } from "./answers/answer-problem.ts";
import { bindArtifactRoutes, bindCallableRoutes } from "./artifacts/artifact-routes.ts";
import { bindEntityRoutes } from "./entities/entity-routes.ts";
import { bindFileRoutes } from "./files/file-routes.ts";
import { bindSourceRoutes } from "./functions/register-routes.ts";
import { bindStarterRoutes } from "./functions/starter-routes.ts";
import type { AppEnv } from "./needs.ts";
import { bindGarbageRoutes } from "./registry/garbage-routes.ts";
import { bindLayoutRoutes } from "./registry/layout-routes.ts";
import { bindRegistryRoutes } from "./registry/registry-routes.ts";
import { pathPattern } from "./requests/hono-path.ts";
import { bindRunnerRoutes } from "./runners/runner-routes.ts";
import { bindRunRoutes } from "./runs/run-routes.ts";
import { bindSkillRoutes } from "./skills/skill-routes.ts";
import { bindRegisterRoutes } from "./templates/register-routes.ts";
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
  bindLayoutRoutes(app);
  bindGarbageRoutes(app);
  app.notFound((c) => refuseRoute(c.req.method, c.req.path, c.env.requestId));
  app.onError((error, c) => answerError(error, c.req.raw, c.env.requestId));
  return app;
}

/** No route; or one that does not take this method: 405 and which it takes (RFC 9110 section 15.5.6). */
function refuseRoute(method: string, path: string, requestId: string): Response {
  const routes = allRoutes.filter((route) => pathPattern(route.path).test(path));
  // `runners/connect` fits `runners/{runner_id}` too, and `{version}:yank` fits `{version}`: fewer parameters, then the longer path, was meant.
  const [meant] = routes.toSorted(
    (a, b) => parametersOf(a.path) - parametersOf(b.path) || b.path.length - a.path.length,
  );
  if (meant === undefined) {
    const message = `${method} ${path.slice(0, 200)} is no route of this API; GET /openapi.json lists them, /docs shows them`;
    return answerProblem({ code: "ROUTE_NOT_FOUND", message }, requestId);
  }
  const methods = routes.filter((route) => route.path === meant.path).map((route) => route.method);
  const allowed = [...methods, ...(methods.includes("GET") ? ["HEAD"] : [])].join(", ");
  const message = `${meant.path} does not take ${method}; it takes ${allowed}`;
  return answerProblem({ code: "METHOD_NOT_ALLOWED", message }, requestId, { Allow: allowed });
}

function parametersOf(path: string): number {
  return path.split("{").length;
}
