import { z } from "zod";
import type { AuditEntry } from "../../../contract/access/audit.ts";
import { beforeFirst, type ChainPlace } from "../../../domain/access/audit-hash.ts";
import { primary } from "../primary.ts";
import { auditColumns, auditEntriesOf } from "./audit-entry.ts";

const place = z.array(z.object({ seq: z.number(), hash: z.string() }));

/** The oldest entries without a hash, at most `most`, and what came before them: all as they are at one moment. */
export async function loadUnsealed(
  db: D1Database,
  most: number,
): Promise<{ before: ChainPlace; entries: AuditEntry[] }> {
  const session = primary(db);
  const [before, unsealed] = await session.batch([
    // Entries get their hashes in order: what precedes the first that has none is the chain's end.
    session.prepare(
      `SELECT seq, hash FROM audit_entry WHERE seq < (SELECT MIN(seq) FROM audit_entry WHERE hash IS NULL)
       ORDER BY seq DESC LIMIT 1`,
    ),
    session.prepare(`SELECT ${auditColumns} FROM audit_entry WHERE hash IS NULL ORDER BY seq LIMIT ?`).bind(most),
  ]);
  return {
    before: place.parse(before?.results)[0] ?? beforeFirst,
    entries: auditEntriesOf(unsealed?.results),
  };
}

/** Writes hashes of entries that have none yet; another may have written the same meanwhile. */
export async function sealEntries(db: D1Database, sealed: readonly AuditEntry[]): Promise<void> {
  const hashes = sealed.map(({ seq, previous_hash, hash }) => ({ seq, previous_hash, hash }));
  await primary(db)
    .prepare(
      `UPDATE audit_entry SET previous_hash = made.value ->> 'previous_hash', hash = made.value ->> 'hash'
       FROM json_each(?) AS made WHERE audit_entry.seq = made.value ->> 'seq' AND audit_entry.hash IS NULL`,
    )
    .bind(JSON.stringify(hashes))
    .run();
}

const headRow = z.object({ seq: z.number().nullable(), hash: z.string().nullable(), unsealed: z.number() });

/** Where the chain ends, and how many entries wait for their hash. */
export async function loadAuditHead(db: D1Database): Promise<ChainPlace & { unsealed: number }> {
  const found = await primary(db)
    .prepare(
      `SELECT head.seq, head.hash, (SELECT COUNT(*) FROM audit_entry WHERE hash IS NULL) AS unsealed
       FROM (SELECT 1) LEFT JOIN (SELECT seq, hash FROM audit_entry WHERE hash IS NOT NULL ORDER BY seq DESC LIMIT 1) AS head`,
    )
    .first();
  const { seq, hash, unsealed } = headRow.parse(found);
  return seq === null || hash === null ? { ...beforeFirst, unsealed } : { seq, hash, unsealed };
}
