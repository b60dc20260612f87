import { z } from "zod";
import { artifactKind } from "../../../contract/artifact/kind.ts";
import { primary } from "../primary.ts";

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

/** Changes of a name that are looked at in any case, newest first: its pending row may be gone though an effect was lost. */
const changesLookedAt = 50;

/** Versions of a name whose effects may be owed: those of every change since the oldest that is pending, and of its last changes. */
export async function listOwedVersions(db: D1Database, kind: string, name: string): Promise<string[]> {
  const { results } = await primary(db)
    .prepare(
      `SELECT DISTINCT version FROM announcement WHERE kind = ?1 AND name = ?2 AND version IS NOT NULL AND (
         revision > (SELECT MAX(revision) FROM announcement WHERE kind = ?1 AND name = ?2) - ?3
         OR announced_at >= (SELECT committed_at FROM pending_effect WHERE kind = ?1 AND name = ?2)
       )`,
    )
    .bind(kind, name, changesLookedAt)
    .all();
  return z
    .array(z.object({ version: z.string() }))
    .parse(results)
    .map((row) => row.version);
}

/** The effects of a name are done up to `seq`; a later commit's stay pending. */
export async function clearPendingEffect(db: D1Database, kind: string, name: string, seq: number): Promise<void> {
  await db.prepare("DELETE FROM pending_effect WHERE kind = ? AND name = ? AND seq <= ?").bind(kind, name, seq).run();
}

/** The same for several names, in one call. */
export async function clearPendingEffects(
  db: D1Database,
  done: readonly { kind: string; name: string; seq: number }[],
): Promise<void> {
  if (done.length === 0) return;
  const clear = db.prepare("DELETE FROM pending_effect WHERE kind = ? AND name = ? AND seq <= ?");
  await db.batch(done.map(({ kind, name, seq }) => clear.bind(kind, name, seq)));
}
