import type { AuditEntry } from "../../contract/access/audit.ts";
import { findBreak } from "../../domain/access/find-break.ts";
import type { EntryLine } from "./entry-lines.ts";

/** A place in the log that was written down before: what is there now must have this hash. */
export interface KnownHead {
  seq: number;
  hash: string;
}

/** What following the chain found. */
export interface ChainReport {
  valid: boolean;
  /** Entries whose hashes were checked. */
  entries: number;
  /** Entries at the end that have no hash yet. */
  unsealed: number;
  head: KnownHead | null;
  break: { seq: number; reason: string } | null;
}

/** Follows the chain of hashes, entry by entry, so that a log of any length can be checked. */
export interface ChainFollower {
  /** Null as long as nothing is wrong. */
  feed(line: EntryLine): ChainReport["break"];
  /** At the end of the log. */
  report(): ChainReport;
}

/** Begins at the log's first entry. `known` is the head that was written down before. */
export function followChain(known: KnownHead | null): ChainFollower {
  let head: KnownHead | null = null;
  let entries = 0;
  let unsealed: AuditEntry[] = [];
  let broken: ChainReport["break"] = null;
  let lines = 0;

  function judge({ entry }: EntryLine): ChainReport["break"] {
    lines += 1;
    if (entry === null) return { seq: (head?.seq ?? 0) + 1, reason: `line ${lines} is no entry of an audit log` };
    const found = findBreak([...unsealed, entry], head);
    if (found !== null) return found;
    const { seq, hash } = entry;
    if (hash === null) {
      // One is enough: after it there may be none that has a hash.
      unsealed = [entry];
      return null;
    }
    if (seq === known?.seq && hash !== known.hash) {
      return { seq, reason: `entry ${seq} has the hash ${hash}, and had ${known.hash}: the log was written anew` };
    }
    head = { seq, hash };
    entries += 1;
    return null;
  }

  let unsealedCount = 0;
  return {
    feed(line) {
      broken ??= judge(line);
      if (line.entry?.hash === null) unsealedCount += 1;
      return broken;
    },
    report() {
      const short = broken === null && known !== null && (head === null || head.seq < known.seq);
      const missing = {
        seq: known?.seq ?? 0,
        reason: `the log ends at entry ${head?.seq ?? 0}, and had ${known?.seq}`,
      };
      const found = short ? missing : broken;
      return { valid: found === null, entries, unsealed: unsealedCount, head, break: found };
    },
  };
}
