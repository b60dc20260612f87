import semver from "semver";
import type { Client } from "../../client/create-client.ts";
import type { HealthCheck } from "../../contract/agent/health.ts";
import type { ArtifactKind } from "../../contract/artifact/kind.ts";
import { gatherCatalogue } from "../gather-catalogue.ts";
import { inTurns } from "../in-turns.ts";
import { findAgent } from "./find-agent.ts";

/** Who answers to a skill. */
export interface SkillAnswerer {
  kind: ArtifactKind;
  name: string;
  version: string;
  /** Of agents only. */
  health: HealthCheck | null;
}

/** A skill, and who answers to it, in the order in which they are chosen. */
export interface ListedSkill {
  skill: string;
  answers: SkillAnswerer[];
}

const agentsAtOnce = 6;
/** In the order in which a skill looks for who answers. */
const namedKinds = ["function", "template", "workflow"] as const satisfies readonly ArtifactKind[];

/** Every skill, by name: functions, templates and workflows answer to their own name, agents to the skills of their cards. With labels, agents that have them all. */
export async function listSkills(client: Client, labels: ReadonlyMap<string, string>): Promise<ListedSkill[]> {
  const skills = new Map<string, SkillAnswerer[]>();
  const add = (skill: string, answerer: SkillAnswerer) => skills.set(skill, [...(skills.get(skill) ?? []), answerer]);
  for (const kind of labels.size === 0 ? namedKinds : []) {
    const named = await gatherCatalogue(client, kind, {});
    // What is abstract cannot be called, and what is not live is not chosen.
    for (const { name, version, abstract, state } of named) {
      if (!abstract && isChosen(state)) add(name, { kind, name, version, health: null });
    }
  }
  const listed = (await gatherCatalogue(client, "agent", {})).filter(({ state }) => isChosen(state));
  const agents = await inTurns(listed, agentsAtOnce, ({ name, version }) => findAgent(client, `${name}@${version}`));
  const fitting = agents.filter(({ card }) => [...labels].every(([key, value]) => card.labels?.[key] === value));
  fitting.sort(
    (a, b) =>
      healthRank(a.health) - healthRank(b.health) ||
      semver.rcompare(a.found.version, b.found.version) ||
      (a.found.name < b.found.name ? -1 : 1),
  );
  for (const { found, card, health } of fitting) {
    for (const { id } of card.skills) add(id, { kind: "agent", name: found.name, version: found.version, health });
  }
  return [...skills].map(([skill, answers]) => ({ skill, answers })).sort((a, b) => (a.skill < b.skill ? -1 : 1));
}

function isChosen(state: string): boolean {
  return state === "live" || state === "deprecated";
}

function healthRank(health: HealthCheck | null): number {
  return ["healthy", "unknown", "unhealthy"].indexOf(health?.state ?? "unknown");
}
