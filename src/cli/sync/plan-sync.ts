import semver from "semver";
import type { ArtifactKind } from "../../contract/artifact/kind.ts";
import type { VersionEntry } from "../../contract/artifact/name-index.ts";
import { removalPrefix } from "../../domain/webhook/removal-message.ts";
import type { Outcome } from "../outcome.ts";

/** A version whose state a sync changes. */
export interface StateChange {
  change: "restored" | "deprecated";
  kind: ArtifactKind;
  name: string;
  version: string;
}

/**
 * Where the registry is otherwise than the folder, and a sync leaves it so: a version `newer` than any of the folder's, another content under the
 * same number (`differs`), or a state that somebody set by hand.
 */
export interface Drift {
  drift: "newer" | "differs" | "deprecated" | "yanked" | "deleted";
  kind: ArtifactKind;
  name: string;
  version: string;
  message: string;
}

/** A name as the registry has it. */
export interface RegistryName {
  kind: ArtifactKind;
  name: string;
  versions: readonly VersionEntry[];
  latest: string | null;
}

/** What a sync does besides publishing, and what it leaves. */
export interface SyncPlan {
  changes: StateChange[];
  drift: Drift[];
}

/**
 * Compares what a folder's files came to (`outcomes`, of a dry run) with what the registry has. `known` are the names that the folder has too;
 * `surplus` those that it has not and that are to be deprecated. `label` is the folder's or repository's name in histories.
 */
export function planSync(
  outcomes: readonly Outcome[],
  known: readonly RegistryName[],
  surplus: readonly RegistryName[],
  label: string,
): SyncPlan {
  const changes: StateChange[] = [];
  const drift: Drift[] = [];
  for (const named of known) {
    const { kind, name, versions, latest } = named;
    const own = outcomes.filter((one) => one.kind === kind && one.name === name);
    for (const { status, code, version } of own) {
      if (version === null) continue;
      const entry = versions.find((one) => one.version === version);
      const told = { kind, name, version };
      if (code === "VERSION_TAKEN") drift.push({ ...told, drift: "differs", message: takenText });
      if (code === "VERSION_DELETED") drift.push({ ...told, drift: "deleted", message: deletedText });
      if (status !== "unchanged" || entry === undefined) continue;
      if (wasRemoved(entry, label)) changes.push({ ...told, change: "restored" });
      else if (entry.state !== "live") drift.push({ ...told, drift: entry.state, message: stateText(entry) });
    }
    const highest = semver.rsort(own.flatMap(({ version }) => (version === null ? [] : [version])))[0];
    if (latest !== null && highest !== undefined && semver.gt(latest, highest)) {
      const message = `the registry's latest; the highest of the folder is ${highest}`;
      drift.push({ kind, name, version: latest, drift: "newer", message });
    }
  }
  for (const { kind, name, versions } of surplus) {
    for (const { version, state } of versions) {
      if (state === "live") changes.push({ kind, name, version, change: "deprecated" });
    }
  }
  return { changes, drift };
}

const takenText = "another content has this number; raise the number in the file, or take the registry's content";
const deletedText = "this number was deleted and is never given again; raise the number in the file";

/** Whether it is deprecated only because its file was gone from this folder or repository. */
function wasRemoved({ state, notice }: VersionEntry, label: string): boolean {
  const message = notice?.message ?? "";
  const prefix = removalPrefix(label);
  return state === "deprecated" && (message === prefix || message.startsWith(`${prefix} in `));
}

function stateText({ state, notice }: VersionEntry): string {
  const why = notice?.message ?? null;
  return `${state} since ${notice?.since ?? "some time"}${why === null ? "" : `: ${why}`}; \`callsheet restore\` makes it live again`;
}
