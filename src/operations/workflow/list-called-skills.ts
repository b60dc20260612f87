import { loadCalls } from "../../bindings/d1/workflow/skill-rows.ts";
import type { PublishedDocument } from "../../contract/artifact/published.ts";
import type { CalledSkills } from "../../contract/workflow/locked-skill.ts";
import { copyJson } from "../../domain/document/json-value.ts";
import { skillsIn } from "../../domain/workflow/skills-of.ts";
import { skillPinOf } from "./known-skills.ts";
import { resolveSkills } from "./resolve-skills.ts";

/** The skills that a version of a workflow calls: who answered to each when it was published, and who answers now. */
export async function listCalledSkills(
  needs: { db: D1Database; blobs: R2Bucket },
  { name, version, digest, document }: PublishedDocument,
): Promise<CalledSkills> {
  const used = skillsIn(copyJson(document));
  const texts = [...new Set(used.flatMap(({ text }) => text ?? []))];
  const [locks, resolved] = await Promise.all([loadCalls(needs.db, name, version), resolveSkills(needs, texts)]);
  const locked = new Map(locks.map(({ skill, pin }) => [skill, pin]));
  const skills = texts.map((skill) => {
    const now = resolved.get(skill);
    return {
      skill,
      steps: [...new Set(used.flatMap(({ text, step }) => (text === skill ? [step] : [])))],
      published: locked.get(skill) ?? null,
      now: now?.ok === true ? skillPinOf(now.value.pin) : null,
    };
  });
  return { name, version, digest, skills };
}
