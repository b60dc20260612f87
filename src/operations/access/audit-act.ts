import { insertAuditEntry } from "../../bindings/d1/access/audit-entry.ts";
import type { AuditAct } from "../../contract/access/audit.ts";
import type { Origin } from "../../contract/access/origin.ts";
import { counters } from "../metrics/counters.ts";

/** An act that somebody did or was refused; where nobody says otherwise, it was done, by itself and just now. */
export interface Act {
  actor: string;
  operation: string;
  subject: string | null;
  /** Why it was refused. */
  code?: AuditAct["code"];
  /** A few facts; never a secret, never what a caller sent in a body. */
  details?: AuditAct["details"];
  origin: Origin;
}

/** Adds an act to the audit log. */
export async function auditAct(needs: { db: D1Database; now: () => Date }, act: Act): Promise<void> {
  const { origin, code = null, details = {}, ...told } = act;
  const outcome = code === null ? "done" : "refused";
  await insertAuditEntry(needs.db, { ...told, ...origin, at: needs.now().toISOString(), outcome, code, details });
  counters.audited.add(outcome);
}
