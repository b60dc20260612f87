import { z } from "zod";
import { primary } from "./primary.ts";

const row = z.object({ seq: z.number() });

/** The registry's newest announcement; 0 before the first. */
export async function loadHeadSeq(db: D1Database): Promise<number> {
  const found = await primary(db).prepare("SELECT COALESCE(MAX(seq), 0) AS seq FROM announcement").first();
  return row.parse(found).seq;
}
