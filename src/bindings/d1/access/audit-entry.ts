import { z } from "zod";
import { type AuditAct, type AuditEntry, auditEntry } from "../../../contract/access/audit.ts";

/** The columns of an entry. */
export const auditColumns =
  "seq, at, actor, token_id, operation, subject, outcome, code, address, request_id, details, previous_hash, hash";

const row = auditEntry.extend({ details: z.string() });

/** Entries as D1 has them. */
export function auditEntriesOf(results: unknown): AuditEntry[] {
  return z
    .array(row)
    .parse(results)
    .map((found) => auditEntry.parse({ ...found, details: JSON.parse(found.details) }));
}

const insert =
  "INSERT INTO audit_entry (at, actor, token_id, operation, subject, outcome, code, address, request_id, details)";

/** The statement that adds an act to the audit log. */
export function auditStatement(session: D1Database | D1DatabaseSession, act: AuditAct): D1PreparedStatement {
  return session.prepare(`${insert} VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`).bind(...valuesOf(act));
}

/** The same of an act that may find nothing to do: only where the query, of this repository and this key, finds a row just then. */
export function auditWhere(
  session: D1DatabaseSession,
  act: AuditAct,
  { found, repository, key }: { found: string; repository: string; key: string },
): D1PreparedStatement {
  return session
    .prepare(`${insert} SELECT ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12 WHERE EXISTS (${found})`)
    .bind(repository, key, ...valuesOf(act));
}

/** The same of a change of a name, in the batch that commits it: its announcement is the newest then, and gives the entry its `seq`. */
export function auditOfCommit(session: D1DatabaseSession, act: AuditAct): D1PreparedStatement {
  return session
    .prepare(`${insert} VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, json_set(?, '$.seq', (SELECT MAX(seq) FROM announcement)))`)
    .bind(...valuesOf(act));
}

/** Adds an act to the audit log, by itself. */
export async function insertAuditEntry(db: D1Database, act: AuditAct): Promise<void> {
  await auditStatement(db, act).run();
}

function valuesOf(act: AuditAct): (string | null)[] {
  const { at, actor, token_id, operation, subject, outcome, code, address, request_id, details } = act;
  return [at, actor, token_id, operation, subject, outcome, code, address, request_id, JSON.stringify(details)];
}
