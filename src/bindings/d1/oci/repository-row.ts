import { z } from "zod";
import type { TypedRepository } from "../../../domain/oci/repository-kind.ts";
import { nameClause } from "../access/name-clause.ts";
import { primary } from "../primary.ts";
import type { Slice } from "./tag-row.ts";

/** Whether anything was ever pushed to a repository; `typed`: or published under that name. */
export async function isRepositoryKnown(
  db: D1Database,
  repository: string,
  typed: TypedRepository | null,
): Promise<boolean> {
  const found = await primary(db)
    .prepare(
      `SELECT 1 FROM oci_repository WHERE repository = ?1
       UNION ALL SELECT 1 FROM artifact_version WHERE kind = ?2 AND name = ?3 LIMIT 1`,
    )
    .bind(repository, typed?.kind ?? "", typed?.name ?? "")
    .first();
  return found !== null;
}

/** Repositories that fit the patterns `names`, in the order of their names' bytes. */
export async function listRepositoryRows(
  db: D1Database,
  { last, limit, names }: Slice & { names: readonly string[] },
): Promise<string[]> {
  const fitting = nameClause(names, "repository");
  const where = fitting === null ? "" : `AND ${fitting.sql}`;
  const { results } = await primary(db)
    .prepare(`SELECT repository FROM oci_repository WHERE repository > ? ${where} ORDER BY repository LIMIT ?`)
    .bind(last, ...(fitting?.values ?? []), limit)
    .all();
  return z
    .array(z.object({ repository: z.string() }))
    .parse(results)
    .map((row) => row.repository);
}
