import { z } from "zod";
import type { BorrowedValue } from "../../../domain/entity/new-entity.ts";
import { primary } from "../primary.ts";

const row = z
  .object({ path: z.string(), source_ecs_id: z.string(), source_path: z.string() })
  .transform(({ path, source_ecs_id: sourceEcsId, source_path: sourcePath }) => ({ path, sourceEcsId, sourcePath }));

/** What an entity borrowed, and from where. */
export async function loadBorrowed(db: D1Database, ecsId: string): Promise<BorrowedValue[]> {
  const { results } = await primary(db)
    .prepare("SELECT path, source_ecs_id, source_path FROM entity_source WHERE ecs_id = ? ORDER BY path")
    .bind(ecsId)
    .all();
  return z.array(row).parse(results);
}
