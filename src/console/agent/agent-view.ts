import { type AgentCard, agentCard } from "../../contract/agent/card.ts";
import type { ResolvedArtifact } from "../../contract/artifact/resolved.ts";
import type { ArtifactView } from "../artifact/artifact-view.ts";
import { newerReleaseNote } from "../artifact/newer-release-note.ts";
import type { Registry } from "../open-registry.ts";
import { element } from "../parts/element.ts";
import { skillFinder } from "../skill/skill-finder.ts";
import { agentFacts } from "./agent-facts.ts";
import { showHealth } from "./show-health.ts";
import { skillSection } from "./skill-section.ts";

/** An agent's card: where it answers and whether it does, and its skills. */
export function agentView(registry: Registry, found: ResolvedArtifact, left: AbortSignal): ArtifactView {
  const card = agentCard.safeParse(found.document).data ?? null;
  const health = showHealth(registry, found, left);
  return {
    title: card?.name ?? null,
    description: card?.description,
    badges: [health.badge],
    facts: card === null ? [] : agentFacts(card, health.detail),
    tabs: [{ id: "skills", label: "Skills", open: () => skillsTab(registry, card, found, left) }],
    source: { mediaType: "application/yaml", language: null },
    comparison: null,
    generated: [],
  };
}

function skillsTab(
  registry: Registry,
  card: AgentCard | null,
  { name, version }: ResolvedArtifact,
  left: AbortSignal,
): HTMLElement {
  if (card === null) return newerReleaseNote(`${name}@${version}`);
  const finder = skillFinder(registry, left);
  return element("div", { class: "skills" }, ...card.skills.map((skill) => skillSection(finder, skill, name, left)));
}
