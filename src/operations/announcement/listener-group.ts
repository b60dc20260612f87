import type { ListeningFilter } from "../../bindings/durable/listening-filter.ts";
import type { ChangeEvent } from "../../contract/announcement/change-event.ts";
import { collectionOf } from "../../contract/artifact/kind.ts";
import { matchesName } from "../../domain/access/matches-name.ts";
import { wantsChange } from "../../domain/announcement/wants-change.ts";
import type { Listener } from "./listener.ts";

/** Those who listen for the same: whether they want a change is asked once for all of them. */
export interface ListenerGroup {
  key: string;
  filter: ListeningFilter;
  members: Set<Listener>;
  /** Of the members, those who are live. */
  live: Set<Listener>;
}

/** Whether a group's members want a change, and may know of it. */
export function isWantedBy({ filter }: ListenerGroup, change: ChangeEvent): boolean {
  return wantsChange(filter, change) && matchesName(filter.allowed, `${collectionOf[change.kind]}/${change.name}`);
}
