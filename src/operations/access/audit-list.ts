import { type AuditFilter, listAuditEntries } from "../../bindings/d1/access/audit-list.ts";
import type { AuditEntry } from "../../contract/access/audit.ts";
import { sealAudit } from "./seal-audit.ts";

/** A page of the audit log, newest first; every entry that it shows has its hash. `next` is where the page after it begins. */
export async function listAudit(
  needs: { db: D1Database },
  filter: AuditFilter,
  before: number,
  limit: number,
): Promise<{ items: AuditEntry[]; next: number | null }> {
  await sealAudit(needs.db);
  const found = await listAuditEntries(needs.db, filter, { before }, limit + 1);
  const items = found.slice(0, limit);
  return { items, next: found.length > limit ? (items.at(-1)?.seq ?? null) : null };
}
