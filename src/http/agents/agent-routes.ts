import type { Hono } from "hono";
import { getAgentHealth, registerAgents } from "../../contract/http/agents.ts";
import { success } from "../../domain/result.ts";
import { findHealth } from "../../operations/agent/find-health.ts";
import { agentKind } from "../../operations/agent/prepare-agent.ts";
import { answerJson } from "../answers/answer-json.ts";
import { bindDocumentRoutes } from "../artifacts/document-routes.ts";
import { bindRoute } from "../bind-route.ts";
import type { AppEnv } from "../needs.ts";

/** What agents have beside the routes of every kind. */
export function bindAgentRoutes(app: Hono<AppEnv>): void {
  bindDocumentRoutes(app, "agent", registerAgents, () => agentKind);

  bindRoute(app, getAgentHealth, async ({ params, needs }) => {
    const found = await findHealth(needs.db, params.name);
    return found.ok ? success(answerJson(found.value, needs.requestId)) : found;
  });
}
