import { z } from "zod";
import { agentCard } from "../agent/card.ts";
import { agentHealth } from "../agent/health.ts";
import { artifactRoutesOf } from "./artifact-routes.ts";
import { agentCollection } from "./collection.ts";
import { documentRoutes } from "./document-routes.ts";
import { route } from "./route.ts";

/** Routes by which agent cards are registered. */
export const registerAgents = documentRoutes(
  agentCollection,
  agentCard,
  "Its name is the card's `id`, else made of its `name`; without `version` the registry takes the next patch.",
);

export const getAgentHealth = route({
  operationId: "getAgentHealth",
  method: "GET",
  path: "/v1/agents/{name}/health",
  tag: "Agents",
  summary: "Whether an agent answered when it was last asked",
  description:
    "The registry asks the address of each agent's newest card every few minutes: `GET {url}/health`, or where there is none `GET {url}/.well-known/agent-card.json`.",
  access: "read",
  params: z.strictObject({ name: agentCollection.name }),
  answers: { 200: { description: "What the last check found", schema: agentHealth } },
  failures: ["INVALID_REQUEST", "NAME_NOT_FOUND", "UNAVAILABLE"],
});

/** Every route of agents that all kinds have. */
export const agentRoutes = artifactRoutesOf(agentCollection);
