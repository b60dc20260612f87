import { z } from "zod";
import { startRegistry } from "../../../scripts/local-registry.ts";

const counted = z.object({ rows: z.number(), lowest: z.number(), highest: z.number() });

/** Reads D1 itself: how many announcements there are, and between which seqs. */
export async function readSeqs(stateDir: string, scriptPath: string): Promise<z.infer<typeof counted>> {
  const registry = await startRegistry({ stateDir, scriptPath });
  try {
    const db = await registry.miniflare.getD1Database("DB");
    const row = await db
      .prepare(
        "SELECT COUNT(*) AS rows, COALESCE(MIN(seq), 0) AS lowest, COALESCE(MAX(seq), 0) AS highest FROM announcement",
      )
      .first();
    return counted.parse(row);
  } finally {
    await registry.stop();
  }
}
