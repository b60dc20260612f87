import type { AuditEntry } from "../../../contract/access/audit.ts";
import { primary } from "../primary.ts";
import { auditColumns, auditEntriesOf } from "./audit-entry.ts";

/** Which entries are asked for; null: whatever it is. */
export interface AuditFilter {
  actor: string | null;
  operation: string | null;
  /** A subject, or the beginning of some and `*`. */
  subject: string | null;
  tokenId: string | null;
  requestId: string | null;
  /** RFC 3339, UTC: from then on. */
  since: string | null;
  /** The same: before then. */
  until: string | null;
}

/** Entries that fit, at most `most`: newest first those before a `seq`, or oldest first those after one. */
export async function listAuditEntries(
  db: D1Database,
  filter: AuditFilter,
  slice: { before: number } | { after: number },
  most: number,
): Promise<AuditEntry[]> {
  const isNewestFirst = "before" in slice;
  const conditions = [
    isNewestFirst ? { sql: "seq < ?", value: slice.before } : { sql: "seq > ?", value: slice.after },
    ...conditionsOf(filter),
  ];
  const where = conditions.map(({ sql }) => sql).join(" AND ");
  const { results } = await primary(db)
    .prepare(
      `SELECT ${auditColumns} FROM audit_entry WHERE ${where} ORDER BY seq ${isNewestFirst ? "DESC" : "ASC"} LIMIT ?`,
    )
    .bind(...conditions.map(({ value }) => value), most)
    .all();
  return auditEntriesOf(results);
}

/** It sorts after all that a subject may go on with. */
const lastCharacter = "\u{10ffff}";

function conditionsOf(filter: AuditFilter): { sql: string; value: string }[] {
  const { subject } = filter;
  const isPrefix = subject?.endsWith("*") === true;
  const conditions = [
    { sql: "actor = ?", value: filter.actor },
    { sql: "operation = ?", value: filter.operation },
    { sql: "subject = ?", value: isPrefix ? null : subject },
    // A range, not LIKE or GLOB: subjects may have their special characters, and this way the index serves.
    { sql: "subject >= ?", value: isPrefix ? subject.slice(0, -1) : null },
    { sql: "subject < ?", value: isPrefix ? `${subject.slice(0, -1)}${lastCharacter}` : null },
    { sql: "token_id = ?", value: filter.tokenId },
    { sql: "request_id = ?", value: filter.requestId },
    { sql: "at >= ?", value: filter.since },
    { sql: "at < ?", value: filter.until },
  ];
  return conditions.flatMap(({ sql, value }) => (value === null ? [] : [{ sql, value }]));
}
