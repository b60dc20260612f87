import { forgetHealth, listUnchecked, writeHealth } from "../../bindings/d1/agent/health-row.ts";
import type { AgentHealth, HealthCheck } from "../../contract/agent/health.ts";
import { limits } from "../../contract/limits.ts";
import { nextHealth } from "../../domain/agent/next-health.ts";
import { type AskAgentNeeds, askAgent } from "./ask-agent.ts";

export interface SweepAgentHealthNeeds extends AskAgentNeeds {
  db: D1Database;
}

/** How many agents one sweep asks. */
export interface HealthPace {
  most: number;
}

/** Workers open at most six connections at once for one request. */
const askedAtOnce = 6;

/**
 * Asks the live agents that were not asked for the longest time, a slice of them in each sweep, and writes what was found as it goes: a sweep that
 * is cut short loses little. Answers how many were asked.
 */
export async function sweepAgentHealth(
  needs: SweepAgentHealthNeeds,
  now: Date,
  { most }: HealthPace = { most: limits.healthChecksPerSweep },
): Promise<number> {
  const goodSince = new Date(now.getTime() - limits.healthGoodSeconds * 1000).toISOString();
  const keptSince = new Date(now.getTime() - limits.healthKeptSeconds * 1000).toISOString();
  const due = await listUnchecked(needs.db, goodSince, most);
  for (let start = 0; start < due.length; start += askedAtOnce) {
    const some = due.slice(start, start + askedAtOnce);
    const checks = await Promise.all(some.map((agent) => check(needs, agent, now)));
    await writeHealth(needs.db, checks);
  }
  await forgetHealth(needs.db, keptSince);
  return due.length;
}

async function check(
  needs: SweepAgentHealthNeeds,
  agent: AgentHealth,
  now: Date,
): Promise<HealthCheck & { name: string; url: string }> {
  const found = await askAgent(needs, agent.url);
  return { name: agent.name, url: agent.url, ...nextHealth(agent, found, now.toISOString()) };
}
