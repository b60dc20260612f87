import { z } from "zod";
import { type ChangeEvent, changeDetails, changeTypeOf } from "../../../contract/announcement/change-event.ts";
import { artifactKind } from "../../../contract/artifact/kind.ts";
import { primary } from "../primary.ts";

const row = z
  .object({
    seq: z.number(),
    kind: artifactKind,
    name: z.string(),
    change: z.enum(["published", "deprecated", "yanked", "restored", "deleted", "tagged", "untagged"]),
    version: z.string().nullable(),
    announced_at: z.string(),
    announced_by: z.string(),
    details: z.string(),
  })
  .transform(
    ({ change, announced_at: at, announced_by: by, details, ...told }): ChangeEvent => ({
      ...told,
      type: changeTypeOf[change],
      at,
      by,
      ...changeDetails.parse(JSON.parse(details)),
    }),
  );

/** Changes after `after`, oldest first, at most `most`, from D1's primary. */
export async function listChangeEvents(db: D1Database, after: number, most: number): Promise<ChangeEvent[]> {
  const { results } = await primary(db)
    .prepare(
      `SELECT seq, kind, name, change, version, announced_at, announced_by, details
       FROM announcement WHERE seq > ? ORDER BY seq LIMIT ?`,
    )
    .bind(after, most)
    .all();
  return z.array(row).parse(results);
}
