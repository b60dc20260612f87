import { LRUCache } from "lru-cache";
import type { LockedSkill, SkillPin } from "../../contract/workflow/locked-skill.ts";
import type { PinnedSkill } from "../../contract/workflow/plan.ts";
import { skillInterfaceOfSchema } from "../../domain/agent/skill-interface-of-schema.ts";
import type { SkillInterface } from "../../domain/workflow/skill-interface.ts";
import { readCallable } from "../registration/read-callable.ts";
import type { ResolvedSkill, ResolvedSkills } from "./resolve-skills.ts";

/** Workers open at most six connections at once for one request. */
const readsAtOnce = 6;
/** Skills whose interfaces one check looks at; the types of more are not checked. */
const mostRead = 200;

/** What skills take and give, by their texts; null where nobody answers, absent where nobody looked. */
export async function loadInterfaces(
  blobs: R2Bucket,
  resolved: ResolvedSkills,
): Promise<Map<string, SkillInterface | null>> {
  const known = new Map<string, SkillInterface | null>();
  const found: [string, ResolvedSkill][] = [];
  for (const [text, result] of resolved) {
    if (result.ok) found.push([text, result.value]);
    else known.set(text, null);
  }
  const read = found.slice(0, mostRead);
  for (let at = 0; at < read.length; at += readsAtOnce) {
    const some = read.slice(at, at + readsAtOnce);
    const interfaces = await Promise.all(some.map(([, skill]) => interfaceOf(blobs, skill)));
    for (const [index, [text]] of some.entries()) known.set(text, interfaces[index] ?? null);
  }
  return known;
}

/** Who answers to skills, as a workflow's version keeps it. */
export function locksOf(resolved: ResolvedSkills): LockedSkill[] {
  return [...resolved].map(([skill, result]) => ({ skill, pin: result.ok ? skillPinOf(result.value.pin) : null }));
}

/** Who answers to a skill, without what only a run needs. */
export function skillPinOf(pin: PinnedSkill): SkillPin {
  const { kind, name, version, digest } = pin;
  return { kind, name, version, digest, skill: pin.kind === "agent" ? pin.skill : null };
}

// Documents never change under their digests.
const interfaces = new LRUCache<string, SkillInterface>({ max: 500 });

async function interfaceOf(blobs: R2Bucket, { pin, flattenedDigest }: ResolvedSkill): Promise<SkillInterface> {
  if (pin.kind === "agent") return skillInterfaceOfSchema(pin);
  const before = interfaces.get(flattenedDigest);
  if (before !== undefined) return before;
  const { interface: declared } = await readCallable(blobs, flattenedDigest);
  const found = { inputs: declared?.inputs ?? null, outputs: declared?.outputs ?? null };
  interfaces.set(flattenedDigest, found);
  return found;
}
