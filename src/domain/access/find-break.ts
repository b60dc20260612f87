import type { AuditEntry } from "../../contract/access/audit.ts";
import { beforeFirst, type ChainPlace, hashOfEntry } from "./audit-hash.ts";

/**
 * The first place where a part of the audit log is not what its hashes say, and what is wrong there; null: nowhere. `entries` are all that
 * come after `before`, oldest first; null: from the log's beginning. Those that have no hash yet may only be the last ones.
 */
export function findBreak(
  entries: readonly AuditEntry[],
  before: ChainPlace | null,
): { seq: number; reason: string } | null {
  let last: ChainPlace = before ?? beforeFirst;
  let unsealed: number | null = null;
  let newest = last.seq;
  for (const entry of entries) {
    const { seq, previous_hash, hash } = entry;
    if (seq <= newest) return { seq, reason: `entry ${seq} comes after entry ${newest}` };
    newest = seq;
    if (previous_hash === null || hash === null) {
      unsealed ??= seq;
      continue;
    }
    if (unsealed !== null)
      return { seq: unsealed, reason: `entry ${unsealed} has no hash, and entry ${seq} after it has one` };
    if (previous_hash !== last.hash) return { seq, reason: brokenLink(entry, last) };
    if (hashOfEntry(entry) !== hash) {
      return { seq, reason: `entry ${seq} was changed: what it says does not have the hash that it had` };
    }
    last = { seq, hash };
  }
  return null;
}

function brokenLink({ seq, previous_hash }: AuditEntry, last: ChainPlace): string {
  const found = `its previous_hash is ${previous_hash?.slice(0, 12)}…`;
  return last.seq === 0
    ? `entry ${seq} does not begin the log: ${found}, not 64 zeros; entries before it are missing`
    : `entry ${seq} does not follow entry ${last.seq}: ${found}, not ${last.hash.slice(0, 12)}…; entries between were removed or changed`;
}
