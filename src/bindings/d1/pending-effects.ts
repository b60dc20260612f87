import { z } from "zod";
import { artifactKind } from "../../contract/artifact/kind.ts";

const pendingRow = z.object({ kind: artifactKind, name: z.string(), seq: z.number() });

/** Names whose commit is older than `before` (RFC 3339) and whose effects nobody has reported done. */
export async function listPendingEffects(
  db: D1Database,
  before: string,
  most: number,
): Promise<z.infer<typeof pendingRow>[]> {
  const { results } = await db
    .prepare("SELECT kind, name, seq FROM pending_effect WHERE committed_at < ? ORDER BY committed_at LIMIT ?")
    .bind(before, most)
    .all();
  return z.array(pendingRow).parse(results);
}

/** The effects of a name are done up to `seq`; a later commit's stay pending. */
export async function clearPendingEffect(db: D1Database, kind: string, name: string, seq: number): Promise<void> {
  await db.prepare("DELETE FROM pending_effect WHERE kind = ? AND name = ? AND seq <= ?").bind(kind, name, seq).run();
}
