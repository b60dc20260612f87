import type { StateNotice, VersionState } from "../../contract/artifact/name-index.ts";
import { latestTag } from "../../contract/artifact/tag.ts";
import type { Failure } from "../../contract/failure.ts";
import { limits } from "../../contract/limits.ts";
import { chooseVersion } from "../artifact/choose-version.ts";
import { type Result, refusal, success } from "../result.ts";
import { indexOf, type NameState, type StoredVersion } from "./name-state.ts";

/** Whether a version may take a state; `changes` is false when it already has it, notice and all. */
export function checkStateChange(
  state: NameState,
  version: string,
  to: VersionState,
  notice: Omit<StateNotice, "since"> | null,
): Result<{ entry: StoredVersion; changes: boolean }, Failure> {
  const entry = findVersion(state, version);
  if (!entry.ok) return entry;
  const { state: from, notice: known } = entry.value;
  const what = `${state.kind} ${state.name}@${version}`;
  if (from === "deleted") {
    if (to === "deleted") return success({ entry: entry.value, changes: false });
    return refusal({
      code: "VERSION_DELETED",
      message: `${what} is deleted; a deleted version cannot be ${pastOf[to]}`,
    });
  }
  if (from === "yanked" && to === "deprecated") {
    return refusal({
      code: "STATE_CONFLICT",
      message: `${what} is yanked; deprecating it would let ranges choose it again: restore it first`,
    });
  }
  return success({ entry: entry.value, changes: from !== to || !sameNotice(known, notice) });
}

/** Whether a tag may be moved to a version, or deleted when that is null; `changes` is false when it already is so. */
export function checkTagMove(
  state: NameState,
  tag: string,
  version: string | null,
): Result<{ changes: boolean }, Failure> {
  if (tag === latestTag) {
    return refusal({
      code: "TAG_RESERVED",
      message:
        "latest always points at the highest live version and cannot be moved by hand; use another tag, such as stable",
    });
  }
  const current = Object.hasOwn(state.tags, tag) ? state.tags[tag] : undefined;
  if (version === null) {
    const found = chooseVersion(indexOf(state, 0, ""), { type: "tag", tag });
    if (current === undefined) return found.ok ? success({ changes: false }) : found;
    return success({ changes: true });
  }
  const entry = findVersion(state, version);
  if (!entry.ok) return entry;
  if (entry.value.state === "deleted" || entry.value.state === "yanked") {
    return refusal({
      code: entry.value.state === "deleted" ? "VERSION_DELETED" : "STATE_CONFLICT",
      message: `${state.kind} ${state.name}@${version} is ${entry.value.state}; tag ${tag} can only point at a live or deprecated version`,
    });
  }
  if (current === undefined && Object.keys(state.tags).length >= limits.tagsPerName) {
    return refusal({
      code: "LIMIT_REACHED",
      message: `${state.kind} ${state.name} has ${limits.tagsPerName} tags, the most a name can have`,
    });
  }
  return success({ changes: current !== version });
}

const pastOf = { live: "restored", deprecated: "deprecated", yanked: "yanked", deleted: "deleted" } as const;

function findVersion(state: NameState, version: string): Result<StoredVersion, Failure> {
  const entry = state.versions.find((candidate) => candidate.version === version);
  if (entry !== undefined) return success(entry);
  const chosen = chooseVersion(indexOf(state, 0, ""), { type: "version", version });
  // Not among the versions, so this is the refusal that says which there are.
  return chosen.ok
    ? refusal({ code: "VERSION_NOT_FOUND", message: `${state.name} has no version ${version}` })
    : chosen;
}

function sameNotice(known: StateNotice | null, wanted: Omit<StateNotice, "since"> | null): boolean {
  if (known === null || wanted === null) return known === wanted;
  return known.message === wanted.message && known.successor === wanted.successor && known.sunset === wanted.sunset;
}
