import type { AuditEntry } from "../../contract/access/audit.ts";
import { canonicalDigest } from "../document/canonical-digest.ts";
import { copyJson } from "../document/json-value.ts";

/** What comes before the first entry of the log. */
export const beforeFirst = { seq: 0, hash: "0".repeat(64) } as const;

/** Where a chain of hashes stands: the entry that came last, and its hash. */
export interface ChainPlace {
  seq: number;
  hash: string;
}

/** The hash of an entry: SHA-256, in hex, of the canonical JSON of all its other fields. */
export function hashOfEntry({ hash: _, ...told }: AuditEntry): string {
  return canonicalDigest(copyJson(told)).slice("sha256:".length);
}

/** Entries with their hashes, on top of what came before. The same entries get the same hashes, whoever seals them. */
export function chainEntries(entries: readonly AuditEntry[], before: ChainPlace): AuditEntry[] {
  const sealed: AuditEntry[] = [];
  let previous = before.hash;
  for (const entry of entries) {
    const linked = { ...entry, previous_hash: previous };
    const hash = hashOfEntry(linked);
    sealed.push({ ...linked, hash });
    previous = hash;
  }
  return sealed;
}
