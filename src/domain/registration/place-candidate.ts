import semver from "semver";
import type { Failure } from "../../contract/failure.ts";
import { limits } from "../../contract/limits.ts";
import { type Result, refusal, success } from "../result.ts";
import type { Candidate } from "./candidate.ts";
import type { NameState, StoredVersion } from "./name-state.ts";

/** Where a candidate stands among the versions of its name. */
export type Placement =
  | { status: "unchanged"; entry: StoredVersion }
  | { status: "new"; before: StoredVersion | null; after: StoredVersion | null };

/**
 * The same version with the same content changes nothing; with other content it is refused. A new version is to be compared with
 * its neighbours among the live versions of the same major: the one below must reach it without a break, and it the one above.
 */
export function placeCandidate(
  state: NameState,
  candidate: Pick<Candidate, "version" | "digest">,
): Result<Placement, Failure> {
  const same = state.versions.find((entry) => entry.version === candidate.version);
  if (same !== undefined) return placeKnown(state, same, candidate.digest);
  if (state.versions.length >= limits.versionsPerName) {
    return refusal({
      code: "LIMIT_REACHED",
      message: `${state.kind} ${state.name} has ${state.versions.length} versions, the most a name can have; publish under a new name`,
    });
  }
  const rivals = state.versions.filter(
    (entry) => entry.state === "live" && semver.major(entry.version) === semver.major(candidate.version),
  );
  const before = rivals.find((entry) => semver.lt(entry.version, candidate.version)) ?? null;
  const after = rivals.findLast((entry) => semver.gt(entry.version, candidate.version)) ?? null;
  return success({ status: "new", before, after });
}

function placeKnown(state: NameState, entry: StoredVersion, digest: string): Result<Placement, Failure> {
  const what = `${state.kind} ${state.name}@${entry.version}`;
  if (entry.state === "deleted") {
    return refusal({
      code: "VERSION_DELETED",
      message: `${what} was deleted, and its number can never be published again; publish a higher version`,
    });
  }
  if (entry.digest === digest) return success({ status: "unchanged", entry });
  return refusal({
    code: "VERSION_TAKEN",
    message: `${what} is already published with other content (${entry.digest}, yours is ${digest}); a version never changes: publish ${semver.inc(entry.version, "patch") ?? "a higher version"}`,
  });
}
