import semver from "semver";
import { type HealthState, healthState } from "../../contract/agent/health.ts";
import type { SkillCandidate } from "../../contract/agent/skill-answer.ts";
import type { ArtifactKind } from "../../contract/artifact/kind.ts";

/** What decides between candidates; a page of them ends at one. */
export type CandidatePlace = Pick<SkillCandidate, "kind" | "name" | "version"> & { health: HealthState | null };

/** Kinds in the order in which they answer: what runs here before what is asked elsewhere. */
export const answeringKinds = ["function", "template", "workflow", "agent"] as const satisfies readonly ArtifactKind[];

/** The place of a candidate in the order. */
export function placeOf({ kind, name, version, health }: SkillCandidate): CandidatePlace {
  return { kind, name, version, health: health?.state ?? null };
}

/** Which of two comes first: by kind, then the healthy, then the highest version, then by name. Never 0 for two that differ in kind or name. */
export function comparePlaces(a: CandidatePlace, b: CandidatePlace): number {
  return (
    answeringKinds.indexOf(a.kind) - answeringKinds.indexOf(b.kind) ||
    healthRank(a.health) - healthRank(b.health) ||
    semver.rcompare(a.version, b.version) ||
    (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)
  );
}

/** healthy, unknown, unhealthy; what has no health is as good as healthy. */
function healthRank(health: HealthState | null): number {
  return health === null ? 0 : healthState.options.indexOf(health);
}
