import type { ChangeEvent, ChangeFilter } from "../../contract/announcement/change-event.ts";
import { collectionOf } from "../../contract/artifact/kind.ts";
import { matchesName } from "../access/matches-name.ts";

/** Whether a change is one of those that are asked for. */
export function wantsChange(
  filter: ChangeFilter,
  { type, kind, name }: Pick<ChangeEvent, "type" | "kind" | "name">,
): boolean {
  if (filter.types !== null && !filter.types.includes(type)) return false;
  return matchesName(filter.names, `${collectionOf[kind]}/${name}`);
}
