import { z } from "zod";
import { artifactKind } from "../../../contract/artifact/kind.ts";
import type { LockedSkill } from "../../../contract/workflow/locked-skill.ts";
import type { Candidate } from "../../../domain/registration/candidate.ts";
import { primary } from "../primary.ts";

/** The rows of what a workflow calls, and of who answered to that when it was published. Part of the commit that publishes it. */
export function publishCalls(session: D1DatabaseSession, candidate: Candidate): D1PreparedStatement[] {
  const { kind, name, version, calls } = candidate;
  if (kind !== "workflow" || calls.length === 0) return [];
  return [
    session
      .prepare(
        `INSERT INTO workflow_skill (name, version, skill, kind, target, target_version, target_digest, target_skill)
         SELECT ?1, ?2, value ->> 'skill', value ->> '$.pin.kind', value ->> '$.pin.name', value ->> '$.pin.version',
           value ->> '$.pin.digest', value ->> '$.pin.skill'
         FROM json_each(?3) WHERE true ON CONFLICT DO NOTHING`,
      )
      .bind(name, version, JSON.stringify(calls)),
  ];
}

/** The same rows of a version that is deleted. */
export function removeCalls(session: D1DatabaseSession, name: string, version: string): D1PreparedStatement[] {
  return [session.prepare("DELETE FROM workflow_skill WHERE name = ? AND version = ?").bind(name, version)];
}

const lockRow = z.object({
  skill: z.string(),
  kind: artifactKind.nullable(),
  target: z.string().nullable(),
  target_version: z.string().nullable(),
  target_digest: z.string().nullable(),
  target_skill: z.string().nullable(),
});

/** What a version calls, as it was published; none for one that was published before this was kept. */
export async function loadCalls(db: D1Database, name: string, version: string): Promise<LockedSkill[]> {
  const { results } = await primary(db)
    .prepare(
      `SELECT skill, kind, target, target_version, target_digest, target_skill FROM workflow_skill
       WHERE name = ? AND version = ? ORDER BY skill`,
    )
    .bind(name, version)
    .all();
  return z.array(lockRow).parse(results).map(lockedSkillOf);
}

function lockedSkillOf(row: z.infer<typeof lockRow>): LockedSkill {
  const { skill, kind, target: name, target_version: version, target_digest: digest, target_skill } = row;
  const isLocked = kind !== null && name !== null && version !== null && digest !== null;
  return { skill, pin: isLocked ? { kind, name, version, digest, skill: target_skill } : null };
}

/** A workflow whose latest version calls an artifact, and where that version's document lies. */
export interface CallingWorkflow {
  name: string;
  version: string;
  flattenedDigest: string;
}

const callerRow = z.object({ name: z.string(), version: z.string(), flattened_digest: z.string() });

/**
 * Workflows that can be looked up and whose latest version calls an artifact of this name, by name: it answered when they were published, or
 * nobody did and their skill names it.
 */
export async function listCallers(
  db: D1Database,
  { kind, name }: { kind: string; name: string },
  limit: number,
): Promise<CallingWorkflow[]> {
  const open = "SELECT name, version FROM workflow_skill WHERE target IS NULL AND";
  // The character after @ is A: between the two are all selectors.
  const named = [name, `${kind}/${name}`].flatMap((skill) => [skill, `${skill}@`, `${skill}A`]);
  const { results } = await primary(db)
    .prepare(
      `SELECT c.name, c.version, v.flattened_digest FROM (
         SELECT name, version FROM workflow_skill WHERE kind = ?1 AND target = ?2
         UNION ${open} skill = ?3 UNION ${open} skill >= ?4 AND skill < ?5
         UNION ${open} skill = ?6 UNION ${open} skill >= ?7 AND skill < ?8
       ) s
       JOIN catalogue c ON c.kind = 'workflow' AND c.name = s.name AND c.version = s.version
       JOIN artifact_version v ON v.kind = 'workflow' AND v.name = c.name AND v.version = c.version
       WHERE c.state IN ('live', 'deprecated') ORDER BY c.name LIMIT ?9`,
    )
    .bind(kind, name, ...named, limit)
    .all();
  return z
    .array(callerRow)
    .parse(results)
    .map((row) => ({ name: row.name, version: row.version, flattenedDigest: row.flattened_digest }));
}
