import { z } from "zod";
import { primary } from "../primary.ts";

/** Names of all pools that a run went to or a runner joined. */
export async function listPoolNames(db: D1Database): Promise<string[]> {
  const { results } = await primary(db).prepare("SELECT name FROM pool ORDER BY name").all();
  return z
    .array(z.object({ name: z.string() }))
    .parse(results)
    .map((row) => row.name);
}

/** Records that there is such a pool, if that is not known. */
export async function recordPool(db: D1Database, name: string, at: string): Promise<void> {
  await db
    .prepare("INSERT INTO pool (name, created_at) VALUES (?, ?) ON CONFLICT (name) DO NOTHING")
    .bind(name, at)
    .run();
}
