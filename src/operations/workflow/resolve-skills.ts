import { loadSkillNames, type SkillName } from "../../bindings/d1/agent/skill-rows.ts";
import type { Failure } from "../../contract/failure.ts";
import type { PinnedSkill } from "../../contract/workflow/plan.ts";
import { parseSkill, type SkillReference } from "../../domain/agent/parse-skill.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import { candidatesOf, type FoundCandidate } from "../skill/candidates-of.ts";
import { whyNobody } from "../skill/find-skill.ts";
import { loadSkillSchemas } from "./skill-schemas.ts";

/** Who answers to a skill now, and where the document lies that says what it takes and gives. */
export interface ResolvedSkill {
  pin: PinnedSkill;
  flattenedDigest: string;
}

/** Skills of workflows by their texts, each with who answers to it or why nobody does. */
export type ResolvedSkills = ReadonlyMap<string, Result<ResolvedSkill, Failure>>;

/** Skills that one batch of queries looks up. */
const skillsAtOnce = 100;
/** Of so many that nobody has, it is told what they may have been meant to be. */
const missingExplained = 20;

/** Who answers to each of these skills: the first of all candidates, as `GET /v1/skills/{skill}` tells them. */
export async function resolveSkills(
  needs: { db: D1Database; blobs: R2Bucket },
  texts: readonly string[],
): Promise<ResolvedSkills> {
  const resolved = new Map<string, Result<ResolvedSkill, Failure>>();
  const asked = new Map<string, SkillReference>();
  for (const text of new Set(texts)) {
    const parsed = parseSkill(text);
    if (parsed.ok) asked.set(text, parsed.value);
    else resolved.set(text, parsed);
  }
  const names = await loadAll(needs.db, [...asked.values()]);
  let explained = 0;
  for (const [text, reference] of asked) {
    const known = (names.get(reference.skill) ?? []).filter(
      ({ index }) => reference.kind === null || index.kind === reference.kind,
    );
    const [first] = candidatesOf(known, reference);
    if (first !== undefined) resolved.set(text, success(await pinOf(needs.blobs, first, reference.skill)));
    else if (explained++ < missingExplained)
      resolved.set(text, refusal(await whyNobody(needs.db, reference, known.length)));
    else resolved.set(text, refusal({ code: "NAME_NOT_FOUND", message: `nobody answers to the skill ${text}` }));
  }
  return resolved;
}

async function loadAll(db: D1Database, asked: readonly SkillReference[]): Promise<Map<string, SkillName[]>> {
  const skills = [...new Set(asked.map(({ skill }) => skill))];
  const all = new Map<string, SkillName[]>();
  for (let at = 0; at < skills.length; at += skillsAtOnce) {
    const { bySkill } = await loadSkillNames(db, skills.slice(at, at + skillsAtOnce));
    for (const [skill, names] of bySkill) all.set(skill, names);
  }
  return all;
}

async function pinOf(
  blobs: R2Bucket,
  { candidate, flattenedDigest }: FoundCandidate,
  skill: string,
): Promise<ResolvedSkill> {
  const { kind, name, version, digest, url } = candidate;
  if (kind !== "agent") return { pin: { kind, name, version, digest }, flattenedDigest };
  if (url === null) throw new Error(`the card of agent ${name}@${version} has no address`);
  const schemas = await loadSkillSchemas(blobs, flattenedDigest, skill);
  return { pin: { kind, name, version, digest, skill, url, ...schemas }, flattenedDigest };
}
