import { loadUnsealed, sealEntries } from "../../bindings/d1/access/audit-chain.ts";
import { limits } from "../../contract/limits.ts";
import { chainEntries } from "../../domain/access/audit-hash.ts";

/**
 * Gives all entries of the audit log that have none their hash, in the order of the log. Whoever does it, and however many at once, writes the
 * same: a hash is made of nothing but the entry and the one before. Answers how many it found.
 */
export async function sealAudit(db: D1Database): Promise<number> {
  let found = 0;
  for (;;) {
    const { before, entries } = await loadUnsealed(db, limits.auditSealPage);
    if (entries.length > 0) await sealEntries(db, chainEntries(entries, before));
    found += entries.length;
    if (entries.length < limits.auditSealPage) return found;
  }
}
