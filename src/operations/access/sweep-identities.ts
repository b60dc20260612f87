import { forgetExpired } from "../../bindings/d1/access/exchanged-identity.ts";
import { limits } from "../../contract/limits.ts";

const rowsPerSweep = 5000;

/** Forgets identities that nobody could exchange again anyway, and the tokens that such were given, long after they ended. Answers how many rows. */
export function sweepIdentities(db: D1Database, now: Date): Promise<number> {
  const tokensBefore = new Date(now.getTime() - limits.exchangedTokenKeptSeconds * 1000);
  return forgetExpired(db, now.toISOString(), tokensBefore.toISOString(), rowsPerSweep);
}
