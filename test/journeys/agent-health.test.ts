import { createServer } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startRegistry } from "../../scripts/local-registry.ts";
import { agentHealth } from "../../src/contract/agent/health.ts";
import { skillAnswer } from "../../src/contract/agent/skill-answer.ts";
import { frozenBundle } from "./support/frozen-bundle.ts";
import { write } from "./support/registry-calls.ts";

const { scriptPath, stateDir } = frozenBundle();
let registry: Awaited<ReturnType<typeof startRegistry>>;
const agent = createServer((request, response) => {
  response.writeHead(request.url === "/health" ? 200 : 503).end("{}");
});
let agentUrl = "";

beforeAll(async () => {
  registry = await startRegistry({ scriptPath, stateDir: stateDir("state"), port: 0 });
  await new Promise<void>((resolve) => agent.listen(0, "127.0.0.1", resolve));
  const address = agent.address();
  if (address === null || typeof address === "string") throw new Error("the agent listens on no port");
  agentUrl = `http://127.0.0.1:${address.port}`;
}, 60_000);
afterAll(async () => {
  agent.closeAllConnections();
  agent.close();
  await registry.stop();
});

async function read(path: string): Promise<unknown> {
  const response = await fetch(registry.url + path);
  expect(response.status, path).toBe(200);
  return response.json();
}

/** Fires cron as the platform does. */
async function sweep(): Promise<void> {
  const worker = await registry.miniflare.getWorker();
  await worker.scheduled({ cron: "*/5 * * * *" });
}

test("cron asks an agent on this machine, and what it finds decides who answers to a skill", async () => {
  for (const [id, url] of [
    ["there", agentUrl],
    ["away", "http://127.0.0.1:1"],
  ]) {
    const card = { id, name: id, url, version: id === "away" ? "2.0.0" : "1.0.0", skills: [{ id: "plan" }] };
    const { status, text } = await write(registry, "POST", "/v1/agents", JSON.stringify(card));
    expect(status, text).toBe(201);
  }
  expect(skillAnswer.parse(await read("/v1/skills/plan")).chosen.name).toBe("away");
  await sweep();
  expect(agentHealth.parse(await read("/v1/agents/there/health"))).toMatchObject({ state: "healthy", message: null });
  expect(agentHealth.parse(await read("/v1/agents/away/health"))).toMatchObject({
    state: "unhealthy",
    message: "GET /health was not answered",
  });
  expect(skillAnswer.parse(await read("/v1/skills/plan")).chosen).toMatchObject({
    name: "there",
    url: agentUrl,
    health: { state: "healthy" },
  });
});
