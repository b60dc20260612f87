import { CallFailure } from "../../client/call-failure.ts";
import type { Client } from "../../client/create-client.ts";
import { type AgentCard, agentCard } from "../../contract/agent/card.ts";
import type { HealthCheck } from "../../contract/agent/health.ts";
import type { ResolvedArtifact } from "../../contract/artifact/resolved.ts";
import { agentRoutes, getAgentHealth } from "../../contract/http/agents.ts";
import { CommandRefusal } from "../command-refusal.ts";
import { exitCodes } from "../exit-codes.ts";

/** An agent: its version, the card of it, and whether it answers. */
export interface FoundAgent {
  found: ResolvedArtifact;
  card: AgentCard;
  health: HealthCheck | null;
}

/** Looks an agent up. */
export async function findAgent(client: Client, reference: string): Promise<FoundAgent> {
  const found = await client.call(agentRoutes.get, { params: { reference } });
  const card = agentCard.safeParse(found.document);
  if (card.success) return { found, card: card.data, health: await findHealth(client, found.name) };
  throw new CommandRefusal(
    `${found.name} ${found.version} has a card that this callsheet cannot read; update it`,
    exitCodes.internal,
  );
}

/** Whether an agent answered when the registry asked it last; null where that is not known. */
export async function findHealth(client: Client, name: string): Promise<HealthCheck | null> {
  try {
    const {
      name: _name,
      version: _version,
      url: _url,
      ...health
    } = await client.call(getAgentHealth, { params: { name } });
    return health;
  } catch (error) {
    // The card counts, not what is known beside it: a yanked agent is asked no more.
    if (error instanceof CallFailure) return null;
    throw error;
  }
}
