import { listChangeEvents } from "../../bindings/d1/announcement/change-events.ts";
import { loadHeadSeq } from "../../bindings/d1/announcement/head-seq.ts";
import type { ChangeEvent, ChangeFilter } from "../../contract/announcement/change-event.ts";
import { collectionOf } from "../../contract/artifact/kind.ts";
import { limits } from "../../contract/limits.ts";
import { matchesName } from "../../domain/access/matches-name.ts";
import { wantsChange } from "../../domain/announcement/wants-change.ts";

export interface ListChangesQuestion {
  after: number;
  limit: number;
  filter: ChangeFilter;
  /** Name patterns of what the asker may look up. */
  allowed: readonly string[];
}

/**
 * Changes after `after` that are asked for, oldest first. A page looks at so many changes and no more, so it may have few items, or none, and still be
 * followed by another.
 */
export async function listChanges(
  { db }: { db: D1Database },
  { after, limit, filter, allowed }: ListChangesQuestion,
): Promise<{ items: ChangeEvent[]; next_after: number | null; seq: number }> {
  // Before the changes: who asks next for what comes after it misses nothing.
  const head = await loadHeadSeq(db);
  const items: ChangeEvent[] = [];
  let reached = after;
  for (let scanned = 0; scanned < limits.changesScanned; scanned += limits.listenerPage) {
    const page = await listChangeEvents(db, reached, limits.listenerPage);
    for (const change of page) {
      const mayKnow = matchesName(allowed, `${collectionOf[change.kind]}/${change.name}`);
      if (mayKnow && wantsChange(filter, change)) {
        if (items.length === limit) return { items, next_after: reached, seq: Math.max(head, reached) };
        items.push(change);
      }
      reached = change.seq;
    }
    if (page.length < limits.listenerPage) return { items, next_after: null, seq: Math.max(head, reached) };
  }
  return { items, next_after: reached, seq: Math.max(head, reached) };
}
