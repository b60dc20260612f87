import type { SkillName } from "../../bindings/d1/agent/skill-rows.ts";
import type { SkillCandidate } from "../../contract/agent/skill-answer.ts";
import { answeringKinds, comparePlaces, placeOf } from "../../domain/agent/order-candidates.ts";
import type { SkillReference } from "../../domain/agent/parse-skill.ts";
import { chooseVersion } from "../../domain/artifact/choose-version.ts";

/** Somebody who answers to a skill, and where the document lies that says so. */
export interface FoundCandidate {
  candidate: SkillCandidate;
  flattenedDigest: string;
}

/** Who answers to a skill, the first in the order of `comparePlaces`: of each name the version that the selector means. */
export function candidatesOf(names: readonly SkillName[], asked: SkillReference): FoundCandidate[] {
  const kinds = asked.kind === null ? answeringKinds : [asked.kind];
  return names
    .flatMap((name) => (kinds.includes(name.index.kind) ? (candidateOf(name, asked) ?? []) : []))
    .sort((a, b) => comparePlaces(placeOf(a.candidate), placeOf(b.candidate)));
}

/** The version of a name that the selector means, if that answers to the skill: an agent may have dropped it since. */
function candidateOf(
  { index, abstract, flattened, cards }: SkillName,
  { selector }: SkillReference,
): FoundCandidate | null {
  const found = chooseVersion(index, selector);
  if (!found.ok) return null;
  const { version, digest, state } = found.value;
  const card = cards.get(version) ?? null;
  const flattenedDigest = flattened.get(version);
  if (flattenedDigest === undefined || abstract.has(version) || (index.kind === "agent" && card === null)) return null;
  const { url = null, health = null, labels = null } = card ?? {};
  const candidate = { kind: index.kind, name: index.name, version, digest, state, url, health, labels };
  return { candidate, flattenedDigest };
}
