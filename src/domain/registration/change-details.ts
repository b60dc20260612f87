import type { ChangeDetails } from "../../contract/announcement/change-event.ts";
import type { NameChange } from "./name-change.ts";

/** What is told of a change beside its name and version. */
export function detailsOf(change: NameChange): ChangeDetails {
  const version = change.after.versions.find((entry) => entry.version === change.version);
  return {
    digest: version?.digest ?? null,
    tags: change.tagMoves.map(({ tag, from_version, to_version }) => ({ tag, from_version, to_version })),
    reason: change.state?.notice?.message ?? null,
  };
}
