import { z } from "zod";
import { primary } from "../primary.ts";

const rows = z.array(z.object({ seq: z.number() })).length(1);

/** The registry's newest announcement, to be asked along with what must be true at it. */
export const headSeqQuery = "SELECT COALESCE(MAX(seq), 0) AS seq FROM announcement";

/** The answer of `headSeqQuery`; 0 before the first announcement. */
export function headSeqOf(results: unknown): number {
  return rows.parse(results)[0]?.seq ?? 0;
}

export async function loadHeadSeq(db: D1Database): Promise<number> {
  return headSeqOf((await primary(db).prepare(headSeqQuery).all()).results);
}
