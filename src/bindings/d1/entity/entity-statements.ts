import type { Entity } from "../../../contract/entity/entity.ts";
import { utf8SizeBytes } from "../../../domain/document/utf8-size.ts";
import type { BorrowedValue } from "../../../domain/entity/new-entity.ts";

/** An entity as D1 takes it, with its sources and its files. */
export interface EntityRow extends Omit<Entity, "data" | "siblings"> {
  /** JSON; null where it lies in R2 under `data_digest`. */
  data: string | null;
  borrowed: BorrowedValue[];
  /** Digests. */
  files: string[];
}

/** A condition that is evaluated where the row is inserted: without it nothing is. */
export interface Guard {
  sql: string;
  values: (string | number)[];
}

/**
 * Statements that record an entity with its sources and its files, for a batch. A second entity with the same id, or with the same version
 * of a lineage, fails the batch.
 */
export function entityStatements(
  session: D1DatabaseSession,
  row: EntityRow,
  guard: Guard | null,
): D1PreparedStatement[] {
  const { sql, values } = guard ?? { sql: "TRUE", values: [] };
  const insertAll = (statement: string, rows: readonly unknown[], given: readonly string[]) =>
    chunksOf(rows).map((chunk) => session.prepare(`${statement} WHERE ${sql}`).bind(...given, chunk, ...values));
  // Data that lie in R2 are a file as any other, and kept as one.
  const files = [...new Set(row.data_digest === null ? row.files : [...row.files, row.data_digest])];
  return [
    session
      .prepare(
        `INSERT INTO entity (${entityColumns.join(", ")}) SELECT ${entityColumns.map(() => "?").join(", ")} WHERE ${sql}`,
      )
      .bind(...entityValues(row), ...values),
    ...insertAll(
      `INSERT INTO entity_source (ecs_id, path, source_ecs_id, source_path)
       SELECT ?, value ->> 'path', value ->> 'sourceEcsId', value ->> 'sourcePath' FROM json_each(?)`,
      row.borrowed,
      [row.ecs_id],
    ),
    ...insertAll("INSERT INTO entity_file (digest, ecs_id) SELECT value, ? FROM json_each(?)", files, [row.ecs_id]),
  ];
}

export const entityColumns = [
  "ecs_id",
  "lineage_id",
  "lineage_version",
  "previous_ecs_id",
  "root_ecs_id",
  "created_at",
  "created_by",
  "forked_at",
  "role",
  "kind",
  "name",
  "version",
  "digest",
  "data",
  "data_digest",
  "data_bytes",
  "untyped_data",
  "attribute_source",
  "derived_from_function",
  "derived_from_run",
  "output_index",
];

export function entityValues(row: EntityRow): (string | number | null)[] {
  const { type } = row;
  const artifact = type.role === "external" ? null : type;
  return [
    row.ecs_id,
    row.lineage_id,
    row.lineage_version,
    row.previous_ecs_id,
    row.root_ecs_id,
    row.created_at,
    row.created_by,
    row.forked_at,
    type.role,
    artifact?.kind ?? null,
    type.role === "external" ? type.label : type.name,
    artifact?.version ?? null,
    artifact?.digest ?? null,
    row.data,
    row.data_digest,
    row.data_bytes,
    JSON.stringify(row.untyped_data),
    JSON.stringify(row.attribute_source),
    row.derived_from_function,
    row.derived_from_run,
    row.output_index,
  ];
}

/** D1 binds at most 2 MB in one value. */
const chunkBytes = 500_000;

/** JSON lists of rows, each small enough to be bound. */
export function chunksOf(rows: readonly unknown[]): string[] {
  const chunks: string[] = [];
  let texts: string[] = [];
  let bytes = 0;
  for (const row of rows) {
    const text = JSON.stringify(row);
    const size = utf8SizeBytes(text) + 1;
    if (texts.length > 0 && bytes + size > chunkBytes) {
      chunks.push(`[${texts.join(",")}]`);
      texts = [];
      bytes = 0;
    }
    texts.push(text);
    bytes += size;
  }
  if (texts.length > 0) chunks.push(`[${texts.join(",")}]`);
  return chunks;
}
