import { env, SELF } from "cloudflare:test";
import { expect, it } from "vitest";
import { type AgentHealth, agentHealth } from "../../src/contract/agent/health.ts";
import { limits } from "../../src/contract/limits.ts";
import { sweepAgentHealth } from "../../src/operations/agent/sweep-agent-health.ts";
import { change, read } from "../http/a-registry.ts";
import { aCard, anAgentName, askSkill, publishTo } from "../http/an-agent.ts";

/** The agents of these tests are the registry itself: real answers to real requests. */
const needs = {
  db: env.DB,
  fetch: (url: string, init: RequestInit) => SELF.fetch(url, init),
  mayAskPrivate: true,
  nowMs: () => Date.now(),
};
const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000);

/** `/v1/agents/{name}/health` answers 200. */
const ownUrl = (name: string) => `http://localhost/v1/agents/${name}`;

async function healthOf(name: string): Promise<AgentHealth> {
  return agentHealth.parse(await (await read(`/v1/agents/${name}/health`)).json());
}

/** Names of the agents whose last check is such. */
async function namesWhere(condition: string): Promise<string[]> {
  const { results } = await env.DB.prepare(`SELECT name FROM agent_health WHERE ${condition}`).all<{ name: string }>();
  return results.map(({ name }) => name);
}

it("asks each live agent's newest card, and what it finds is shown and decides who answers", async () => {
  const skill = anAgentName("skill");
  const skills = [{ id: skill }];
  const [well, sick] = [anAgentName("well"), anAgentName("sick")];
  await publishTo("/v1/agents", aCard(well, { skills, url: "http://localhost/nothing" }));
  await publishTo("/v1/agents", aCard(well, { skills, url: ownUrl(well), version: "1.1.0" }));
  await publishTo("/v1/agents", aCard(sick, { skills, url: "http://localhost/nothing", version: "2.0.0" }));
  expect((await askSkill(skill)).chosen.name).toBe(sick);

  const now = new Date();
  expect(await sweepAgentHealth(needs, now)).toBeGreaterThanOrEqual(2);
  const at = now.toISOString();
  expect(await healthOf(well)).toMatchObject({ state: "healthy", version: "1.1.0", checked_at: at, failures: 0 });
  expect(await healthOf(sick)).toMatchObject({
    state: "unhealthy",
    checked_at: at,
    changed_at: at,
    failures: 1,
    message: "GET /health answered 404; GET /.well-known/agent-card.json answered 404",
  });
  expect((await askSkill(skill)).chosen).toMatchObject({ name: well, health: { state: "healthy" } });

  const later = inSeconds(300);
  await sweepAgentHealth(needs, later);
  expect(await healthOf(sick)).toMatchObject({ checked_at: later.toISOString(), changed_at: at, failures: 2 });
});

it("asks nobody again within a sweep's time, nor who is yanked or deleted", async () => {
  const [yanked, deleted] = [anAgentName("yanked"), anAgentName("deleted")];
  for (const name of [yanked, deleted]) await publishTo("/v1/agents", aCard(name, { url: ownUrl(name) }));
  await change("POST", `/v1/agents/${yanked}/versions/1.0.0:yank`);
  await change("DELETE", `/v1/agents/${deleted}/versions/1.0.0`);
  await sweepAgentHealth(needs, inSeconds(600));
  expect(await sweepAgentHealth(needs, inSeconds(600))).toBe(0);
  expect(await healthOf(yanked)).toMatchObject({ state: "unknown", checked_at: null });
});

it("of more agents than one sweep asks, asks the others in the next ones, those first that waited longest", async () => {
  const names = Array.from({ length: 7 }, () => anAgentName("many"));
  await sweepAgentHealth(needs, inSeconds(3600));
  for (const name of names) await publishTo("/v1/agents", aCard(name, { url: ownUrl(name) }));
  const counts = [];
  for (const second of [3610, 3611, 3612]) counts.push(await sweepAgentHealth(needs, inSeconds(second), { most: 4 }));
  expect(counts).toEqual([4, 3, 0]);
  const longest = await namesWhere("true ORDER BY checked_at, name LIMIT 4");
  const again = inSeconds(3700);
  await sweepAgentHealth(needs, again, { most: 4 });
  expect((await namesWhere(`checked_at = '${again.toISOString()}'`)).sort()).toEqual(longest.sort());
  const found = await Promise.all(names.map(healthOf));
  expect(found.filter(({ state }) => state === "healthy")).toHaveLength(names.length);
});

it("says why a private address is not asked, where others use the registry too", async () => {
  const name = anAgentName("private");
  await publishTo("/v1/agents", aCard(name, { url: ownUrl(name) }));
  await sweepAgentHealth({ ...needs, mayAskPrivate: false }, inSeconds(7200));
  expect(await healthOf(name)).toMatchObject({
    state: "unknown",
    message: "it is not asked: localhost is a name of a private network",
  });
});

it("forgets addresses that are asked no more", async () => {
  const name = anAgentName("moved");
  await publishTo("/v1/agents", aCard(name, { url: ownUrl(name) }));
  await sweepAgentHealth(needs, inSeconds(10_000));
  await publishTo("/v1/agents", aCard(name, { url: "http://localhost/nothing", version: "1.0.1" }));
  await sweepAgentHealth(needs, inSeconds(10_000 + limits.healthKeptSeconds + 60));
  const { results } = await env.DB.prepare("SELECT url FROM agent_health WHERE name = ?").bind(name).all();
  expect(results).toEqual([{ url: "http://localhost/nothing" }]);
});
