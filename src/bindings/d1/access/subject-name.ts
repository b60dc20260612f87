import { z } from "zod";
import { artifactKind } from "../../../contract/artifact/kind.ts";
import { repositoryOf } from "../../../domain/oci/repository-kind.ts";
import { primary } from "../primary.ts";

const row = z.object({ kind: artifactKind.nullable(), name: z.string().nullable() });
const queries = {
  run: "SELECT kind, name FROM run WHERE id = ?",
  entity: "SELECT kind, name FROM entity WHERE ecs_id = ?",
} as const;

/** The repository of the artifact that a run runs, or that an entity belongs to; null: there is no such thing, or it belongs to none. */
export async function loadSubjectName(db: D1Database, of: "run" | "entity", id: string): Promise<string | null> {
  const found = await primary(db).prepare(queries[of]).bind(id).first();
  if (found === null) return null;
  const { kind, name } = row.parse(found);
  return kind === null || name === null ? null : repositoryOf(kind, name);
}
