import { expect } from "vitest";
import type { HealthState } from "../../src/contract/agent/health.ts";
import { type SkillAnswer, skillAnswer } from "../../src/contract/agent/skill-answer.ts";
import { type Registration, registration } from "../../src/contract/artifact/registration.ts";
import { ask, read } from "./a-registry.ts";

let named = 0;

/** A name, of an agent, a workflow or a skill, that no other test has. */
export function anAgentName(word: string): string {
  named += 1;
  return `${word}-${named}-${crypto.randomUUID().slice(0, 8)}`;
}

/** A card that is accepted without a warning; a test states only what matters to it. */
export function aCard(id: string, parts: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id,
    name: `The ${id}`,
    description: "Made by a test.",
    url: `https://${id}.test`,
    version: "1.0.0",
    skills: [{ id: `${id}-skill` }],
    ...parts,
  };
}

export function aWorkflow(id: string, parts: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    metadata: { id, name: `The ${id}`, version: "1.0.0", description: "Made by a test." },
    steps: [{ id: "first", skill: "plan" }],
    ...parts,
  };
}

export function post(path: string, document: unknown): Promise<Response> {
  return ask("POST", path, { body: JSON.stringify(document), type: "application/json" });
}

/** Publishes what a test takes for granted. */
export async function publishTo(path: "/v1/agents" | "/v1/workflows", document: unknown): Promise<Registration> {
  const response = await post(path, document);
  const text = await response.text();
  expect(response.status, text).toBe(201);
  return registration.parse(JSON.parse(text));
}

/** What a question for a skill answers. */
export async function askSkill(skill: string, query = ""): Promise<SkillAnswer> {
  const response = await read(`/v1/skills/${skill}${query}`);
  const text = await response.text();
  expect(response.status, text).toBe(200);
  return skillAnswer.parse(JSON.parse(text));
}

/** Writes what a check of an agent's address found, as the sweep does. */
export async function setHealth(db: D1Database, name: string, url: string, state: HealthState): Promise<void> {
  const at = new Date().toISOString();
  await db
    .prepare(
      "INSERT OR REPLACE INTO agent_health (name, url, state, checked_at, changed_at, failures) VALUES (?, ?, ?, ?, ?, 0)",
    )
    .bind(name, url, state, at, at)
    .run();
}
