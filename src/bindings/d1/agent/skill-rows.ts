import semver from "semver";
import { z } from "zod";
import type { HealthCheck } from "../../../contract/agent/health.ts";
import { type ArtifactKind, artifactKind } from "../../../contract/artifact/kind.ts";
import { type NameIndex, type VersionEntry, versionState } from "../../../contract/artifact/name-index.ts";
import { limits } from "../../../contract/limits.ts";
import { answeringKinds } from "../../../domain/agent/order-candidates.ts";
import { headSeqOf, headSeqQuery } from "../announcement/head-seq.ts";
import { primary } from "../primary.ts";
import { healthColumns, healthOf, healthRow } from "./health-row.ts";

/** The versions of a name that may answer to a skill, as one moment has them. */
export interface SkillName {
  index: NameIndex;
  /** Versions that only exist to be extended. */
  abstract: ReadonlySet<string>;
  /** Digests of the flattened documents, by version. */
  flattened: ReadonlyMap<string, string>;
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
  flattened_digest: z.string(),
  published_at: z.string(),
  published_by: z.string(),
});
const tagRow = z.object({ kind: artifactKind, name: z.string(), tag: z.string(), version: z.string() });
const cardRow = healthRow.extend({
  skill: z.string(),
  name: z.string(),
  version: z.string(),
  url: z.string(),
  labels: z.string(),
});
const labelsText = z.record(z.string(), z.string());

/** The names that may answer to each of some skills, and the registry's `headSeq` of that moment (one transaction). */
export interface SkillNames {
  bySkill: ReadonlyMap<string, SkillName[]>;
  headSeq: number;
}

/** For each skill the names that are it, and names of agents that offer it in any version. */
export async function loadSkillNames(
  db: D1Database,
  skills: readonly string[],
  kinds: readonly ArtifactKind[] = answeringKinds,
): Promise<SkillNames> {
  const session = primary(db);
  const asked = "SELECT value FROM json_each(?1)";
  const offering = `SELECT DISTINCT name FROM agent_skill WHERE skill IN (${asked}) ORDER BY name LIMIT ${limits.agentsPerSkill * skills.length}`;
  // Each half finds its rows by the primary key; joined by OR they would be a scan.
  const whereMeant = (columns: string, table: string) => {
    const named = kinds.filter((kind) => kind !== "agent").map((kind) => `'${kind}'`);
    const ofNames = `SELECT ${columns} FROM ${table} WHERE kind IN (${named.join(", ")}) AND name IN (${asked})`;
    const ofAgents = `SELECT ${columns} FROM ${table} WHERE kind = 'agent' AND name IN (${offering})`;
    return session
      .prepare(kinds.includes("agent") ? `${ofNames} UNION ALL ${ofAgents}` : ofNames)
      .bind(JSON.stringify(skills));
  };
  const [versions, tags, cards, head] = await session.batch([
    whereMeant(
      "kind, name, version, digest, state, abstract, flattened_digest, published_at, published_by",
      "artifact_version",
    ),
    whereMeant("kind, name, tag, version", "tag"),
    session
      .prepare(
        `SELECT s.skill, a.name, a.version, a.url, a.labels, ${healthColumns} FROM agent_skill s
         JOIN agent_card a ON a.name = s.name AND a.version = s.version
         LEFT JOIN agent_health h ON h.name = a.name AND h.url = a.url
         WHERE s.skill IN (${asked}) AND s.name IN (${offering})`,
      )
      .bind(JSON.stringify(skills)),
    session.prepare(headSeqQuery),
  ]);
  const named = namesOf(z.array(versionRow).parse(versions?.results), z.array(tagRow).parse(tags?.results));
  const cardsBy = Map.groupBy(z.array(cardRow).parse(cards?.results), (card) => card.skill);
  const bySkill = new Map(skills.map((skill) => [skill, namesAnswering(skill, named, cardsBy.get(skill) ?? [])]));
  return { bySkill, headSeq: headSeqOf(head?.results) };
}

type NamedVersions = Omit<SkillName, "cards">;

function namesOf(versions: z.infer<typeof versionRow>[], tags: z.infer<typeof tagRow>[]): NamedVersions[] {
  const versionsBy = Map.groupBy(versions, keyOf);
  const tagsBy = Map.groupBy(tags, keyOf);
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
        flattened: new Map(rows.map((row) => [row.version, row.flattened_digest])),
      },
    ];
  });
}

function namesAnswering(skill: string, named: readonly NamedVersions[], cards: z.infer<typeof cardRow>[]): SkillName[] {
  const cardsBy = Map.groupBy(cards, (card) => card.name);
  return named.flatMap((one) => {
    const { kind, name } = one.index;
    const own = kind === "agent" ? (cardsBy.get(name) ?? []) : [];
    const answers = kind === "agent" ? own.length > 0 : name === skill;
    return answers ? [{ ...one, cards: new Map(own.map((row) => [row.version, cardOf(row)])) }] : [];
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
