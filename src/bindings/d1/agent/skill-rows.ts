import semver from "semver";
import { z } from "zod";
import type { HealthCheck } from "../../../contract/agent/health.ts";
import { type ArtifactKind, artifactKind } from "../../../contract/artifact/kind.ts";
import { type NameIndex, type VersionEntry, versionState } from "../../../contract/artifact/name-index.ts";
import { limits } from "../../../contract/limits.ts";
import { headSeqOf, headSeqQuery } from "../announcement/head-seq.ts";
import { primary } from "../primary.ts";
import { healthColumns, healthOf, healthRow } from "./health-row.ts";

/** The versions of a name that may answer to a skill, as one moment has them. */
export interface SkillName {
  index: NameIndex;
  /** Versions that only exist to be extended. */
  abstract: ReadonlySet<string>;
  /** Of an agent: its cards that offer the skill, by version. */
  cards: ReadonlyMap<string, SkillCard>;
}

export interface SkillCard {
  url: string;
  labels: Record<string, string>;
  health: HealthCheck;
}

const versionRow = z.object({
  kind: artifactKind,
  name: z.string(),
  version: z.string(),
  digest: z.string(),
  state: versionState,
  abstract: z.number(),
  published_at: z.string(),
  published_by: z.string(),
});
const tagRow = z.object({ kind: artifactKind, name: z.string(), tag: z.string(), version: z.string() });
const cardRow = healthRow.extend({ name: z.string(), version: z.string(), url: z.string(), labels: z.string() });
const labelsText = z.record(z.string(), z.string());

/** Names that are the skill, and names of agents that offer it in any version; and the registry's `headSeq` of that moment (one transaction). */
export async function loadSkillNames(
  db: D1Database,
  skill: string,
  kinds: readonly ArtifactKind[],
): Promise<{ names: SkillName[]; headSeq: number }> {
  const session = primary(db);
  const offering = `SELECT DISTINCT name FROM agent_skill WHERE skill = ?1 ORDER BY name LIMIT ${limits.agentsPerSkill}`;
  // Each half finds its rows by the primary key; joined by OR they would be a scan.
  const whereMeant = (columns: string, table: string) => {
    const named = kinds.filter((kind) => kind !== "agent").map((kind) => `'${kind}'`);
    const ofNames = `SELECT ${columns} FROM ${table} WHERE kind IN (${named.join(", ")}) AND name = ?1`;
    const ofAgents = `SELECT ${columns} FROM ${table} WHERE kind = 'agent' AND name IN (${offering})`;
    return session.prepare(kinds.includes("agent") ? `${ofNames} UNION ALL ${ofAgents}` : ofNames).bind(skill);
  };
  const [versions, tags, cards, head] = await session.batch([
    whereMeant("kind, name, version, digest, state, abstract, published_at, published_by", "artifact_version"),
    whereMeant("kind, name, tag, version", "tag"),
    session
      .prepare(
        `SELECT a.name, a.version, a.url, a.labels, ${healthColumns} FROM agent_skill s
         JOIN agent_card a ON a.name = s.name AND a.version = s.version
         LEFT JOIN agent_health h ON h.name = a.name AND h.url = a.url
         WHERE s.skill = ?1 AND s.name IN (${offering})`,
      )
      .bind(skill),
    session.prepare(headSeqQuery),
  ]);
  const found = z.array(versionRow).parse(versions?.results);
  const tagged = z.array(tagRow).parse(tags?.results);
  const offered = z.array(cardRow).parse(cards?.results);
  return { names: namesOf(found, tagged, offered), headSeq: headSeqOf(head?.results) };
}

function namesOf(
  versions: z.infer<typeof versionRow>[],
  tags: z.infer<typeof tagRow>[],
  cards: z.infer<typeof cardRow>[],
): SkillName[] {
  const versionsBy = Map.groupBy(versions, keyOf);
  const tagsBy = Map.groupBy(tags, keyOf);
  const cardsBy = Map.groupBy(cards, (card) => card.name);
  return [...versionsBy].flatMap(([key, rows]) => {
    const [first] = rows;
    if (first === undefined) return [];
    const { kind, name } = first;
    const pointers = tagsBy.get(key) ?? [];
    return [
      {
        index: {
          kind,
          name,
          seq: 0,
          as_of: "",
          versions: rows.map(entryOf).sort((a, b) => semver.rcompare(a.version, b.version)),
          tags: Object.fromEntries(pointers.map((row) => [row.tag, row.version])),
        },
        abstract: new Set(rows.filter((row) => row.abstract === 1).map((row) => row.version)),
        cards: new Map(kind === "agent" ? (cardsBy.get(name) ?? []).map((row) => [row.version, cardOf(row)]) : []),
      },
    ];
  });
}

function keyOf({ kind, name }: { kind: string; name: string }): string {
  return `${kind}/${name}`;
}

function entryOf(row: z.infer<typeof versionRow>): VersionEntry {
  const { version, digest, state, published_at, published_by } = row;
  return { version, digest, state, notice: null, published_at, published_by };
}

function cardOf(row: z.infer<typeof cardRow>): SkillCard {
  return { url: row.url, labels: labelsText.parse(JSON.parse(row.labels)), health: healthOf(row) };
}

/** Names that a misspelt skill may have been meant to be: skills of agents and names of all kinds that begin with the same letter. */
export async function listSkillWords(db: D1Database, skill: string): Promise<string[]> {
  const first = skill.slice(0, 1);
  const session = primary(db);
  const words = z.array(z.object({ word: z.string() }));
  const [skills, names] = await session.batch([
    session
      .prepare(
        "SELECT DISTINCT skill AS word FROM agent_skill WHERE skill >= ?1 AND skill < ?1 || char(1114111) LIMIT ?2",
      )
      .bind(first, wordsLookedAt),
    session
      .prepare(
        `SELECT DISTINCT name AS word FROM catalogue WHERE kind IN ('function', 'template', 'workflow')
         AND state IN ('live', 'deprecated') AND name >= ?1 AND name < ?1 || char(1114111) LIMIT ?2`,
      )
      .bind(first, wordsLookedAt),
  ]);
  return [...words.parse(skills?.results), ...words.parse(names?.results)].map((row) => row.word);
}

/** Of each sort; comparing costs length times length for each. */
const wordsLookedAt = 500;
