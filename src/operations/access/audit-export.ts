import { type AuditFilter, listAuditEntries } from "../../bindings/d1/access/audit-list.ts";
import { limits } from "../../contract/limits.ts";
import { sealAudit } from "./seal-audit.ts";

/**
 * The audit log after an entry, oldest first, as lines of JSON. Read slice by slice as its reader takes it, so a log of any length fits; entries
 * that come meanwhile are part of it.
 */
export async function exportAudit(
  needs: { db: D1Database },
  filter: AuditFilter,
  after: number,
): Promise<ReadableStream<Uint8Array>> {
  await sealAudit(needs.db);
  const encoder = new TextEncoder();
  let last = after;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const entries = await listAuditEntries(needs.db, filter, { after: last }, limits.auditExportPage);
        const lines = entries.map((entry) => `${JSON.stringify(entry)}\n`);
        if (lines.length > 0) controller.enqueue(encoder.encode(lines.join("")));
        last = entries.at(-1)?.seq ?? last;
        if (entries.length < limits.auditExportPage) controller.close();
      },
    },
    // Nothing is read before somebody asks for it.
    { highWaterMark: 0 },
  );
}
