import { z } from "zod";
import type { CallableWorkflow } from "../../../contract/artifact/callable.ts";
import { type CatalogueEntry, catalogueEntry } from "../../../contract/artifact/catalogue.ts";
import type { ArtifactKind } from "../../../contract/artifact/kind.ts";
import type { VersionState } from "../../../contract/artifact/name-index.ts";
import type { Example } from "../../../contract/template/document.ts";
import { nameClause, repositorySql } from "../access/name-clause.ts";
import { headSeqOf, headSeqQuery, loadHeadSeq } from "../announcement/head-seq.ts";
import { primary } from "../primary.ts";

export interface CatalogueFilter {
  kind: ArtifactKind;
  q: string | null;
  category: string | null;
  keyword: string | null;
  runtime: string | null;
  gpu: boolean | null;
  /** Null: live and deprecated. */
  state: VersionState | null;
  /** Name patterns: which names are shown. */
  names: readonly string[];
}

/** The place after an entry: its rank (0 without `q`) and its name. Both depend on that entry alone, so a page never shifts. */
export interface CataloguePlace {
  rank: number;
  name: string;
}

const row = z
  .object({
    ...catalogueEntry.omit({ tags: true, gpu: true, abstract: true }).shape,
    keywords: z.string(),
    gpu: z.number(),
    abstract: z.number(),
    rank: z.number(),
  })
  .transform(({ keywords, gpu, abstract, ...entry }) => ({
    ...entry,
    tags: z.array(z.string()).parse(JSON.parse(keywords)),
    gpu: gpu === 1,
    abstract: abstract === 1,
  }));

const columns = `c.kind, c.name, c.version, c.state, c.title, c.description, c.category, c.author, c.keywords, c.runtime, c.gpu,
  c.abstract, c.published_at`;

/** Entries after `after`, by rank and name, at most `limit`, and the registry's `headSeq` of the same moment. */
export async function listCatalogue(
  db: D1Database,
  filter: CatalogueFilter,
  after: CataloguePlace | null,
  limit: number,
): Promise<{ entries: (CatalogueEntry & { rank: number })[]; headSeq: number }> {
  const match = filter.q === null ? null : matchExpression(filter.q);
  if (match === "") return { entries: [], headSeq: await loadHeadSeq(db) };
  const { clauses, values } = whereOf(filter);
  const rank = match === null ? "0" : rankOf;
  const rankValues = match === null ? [] : rankWords(filter.q ?? "");
  const from = match === null ? "catalogue c" : "catalogue_search s JOIN catalogue c ON c.id = s.rowid";
  if (match !== null) {
    clauses.push("catalogue_search MATCH ?");
    values.push(match);
  }
  const place = after ?? { rank: -1, name: "" };
  const session = primary(db);
  const [found, head] = await session.batch([
    session
      .prepare(
        `SELECT * FROM (SELECT ${columns}, ${rank} AS rank FROM ${from} WHERE ${clauses.join(" AND ")})
         WHERE (rank, name) > (?, ?) ORDER BY rank, name LIMIT ?`,
      )
      .bind(...rankValues, ...values, place.rank, place.name, limit),
    session.prepare(headSeqQuery),
  ]);
  return { entries: z.array(row).parse(found?.results), headSeq: headSeqOf(head?.results) };
}

/**
 * How well an entry fits, by itself: its own name, the beginning of it, a part of it, its title, anything else.
 * No LIKE: D1 refuses patterns of more than 50 bytes.
 */
const rankOf = `CASE WHEN c.name = ? THEN 0 WHEN instr(c.name, ?) = 1 THEN 1 WHEN instr(c.name, ?) > 0 THEN 2
  WHEN instr(lower(c.title), ?) > 0 THEN 3 ELSE 4 END`;

function rankWords(q: string): string[] {
  const asName = q.trim().toLowerCase().replaceAll(/\s+/g, "_");
  return [asName, asName, asName, q.trim().toLowerCase()];
}

/** Every word of the question, each as the beginning of a word. Quoted, so that nothing of FTS5's own syntax gets through. */
function matchExpression(q: string): string {
  const words = q.match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.map((word) => `"${word}"*`).join(" ");
}

function whereOf(filter: CatalogueFilter): { clauses: string[]; values: (string | number)[] } {
  const clauses = ["c.kind = ?"];
  const values: (string | number)[] = [filter.kind];
  const add = (clause: string, value: string | number | null) => {
    if (value === null) return;
    clauses.push(clause);
    values.push(value);
  };
  add("c.category = ?", filter.category);
  add("c.runtime = ?", filter.runtime);
  add("c.gpu = ?", filter.gpu === null ? null : Number(filter.gpu));
  add("EXISTS (SELECT 1 FROM json_each(c.keywords) WHERE value = ?)", filter.keyword);
  add("c.state = ?", filter.state);
  if (filter.state === null) clauses.push("c.state IN ('live', 'deprecated')");
  const fitting = nameClause(filter.names, repositorySql("c.kind", "c.name"));
  if (fitting !== null) {
    clauses.push(fitting.sql);
    values.push(...fitting.values);
  }
  return { clauses, values };
}

const interfaceRow = z.object({
  name: z.string(),
  version: z.string(),
  title: z.string().nullable(),
  description: z.string().nullable(),
  category: z.string().nullable(),
  interface: z.string(),
});
/** Written by us at registration from a checked document. Null: a workflow takes anything, or does not say what it gives. */
const told = z.object({
  interface: z
    .custom<Partial<CallableWorkflow["interface"]>>((value) => typeof value === "object" && value !== null)
    .transform((given) => ({ inputs: given.inputs ?? null, outputs: given.outputs ?? null })),
  examples: z.custom<Example[]>(Array.isArray),
});
export type CatalogueInterface = Omit<z.infer<typeof interfaceRow>, "interface"> & z.infer<typeof told>;

/** Interfaces of all names that can run and fit the patterns `names`, after `after`, for OpenAPI. */
export async function listInterfaces(
  db: D1Database,
  { kind, names, after, limit }: { kind: ArtifactKind; names: readonly string[]; after: string; limit: number },
): Promise<CatalogueInterface[]> {
  const fitting = nameClause(names, repositorySql("c.kind", "c.name"));
  const { results } = await primary(db)
    .prepare(
      `SELECT c.name, c.version, c.title, c.description, c.category, v.interface
       FROM catalogue c JOIN artifact_version v ON v.kind = c.kind AND v.name = c.name AND v.version = c.version
       WHERE c.kind = ? AND c.name > ? AND c.state IN ('live', 'deprecated') AND c.abstract = 0
         ${fitting === null ? "" : `AND ${fitting.sql}`} ORDER BY c.name LIMIT ?`,
    )
    .bind(kind, after, ...(fitting?.values ?? []), limit)
    .all();
  return z
    .array(interfaceRow)
    .parse(results)
    .map((found) => ({ ...found, ...told.parse(JSON.parse(found.interface)) }));
}
