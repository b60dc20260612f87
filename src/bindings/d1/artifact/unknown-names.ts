import { z } from "zod";
import { primary } from "../primary.ts";

const nameRow = z.object({ kind: z.string(), name: z.string() });

/** Those of these names under which nothing was ever published. */
export async function findUnknownNames(
  db: D1Database,
  names: readonly { kind: string; name: string }[],
): Promise<z.infer<typeof nameRow>[]> {
  if (names.length === 0) return [];
  const { results } = await primary(db)
    .prepare(
      `SELECT value ->> 'kind' AS kind, value ->> 'name' AS name FROM json_each(?) AS given
       WHERE NOT EXISTS (SELECT 1 FROM artifact_version v WHERE v.kind = given.value ->> 'kind' AND v.name = given.value ->> 'name')`,
    )
    .bind(JSON.stringify(names))
    .all();
  return z.array(nameRow).parse(results);
}
