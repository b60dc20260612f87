import semver from "semver";
import { version as versionText } from "../../contract/artifact/version.ts";
import type { Failure } from "../../contract/failure.ts";
import type { Comparison } from "../../contract/template/comparison.ts";
import type { NameState, StoredVersion } from "../registration/name-state.ts";
import { type Result, refusal, success } from "../result.ts";
import { mayFollow } from "../template/compare/required-bump.ts";

const firstVersion = "1.0.0";

/**
 * The version that a new one is measured against: the highest live one, which is what `latest` means; else the highest that is
 * deprecated, else yanked. Null when nothing is left to compare with.
 */
export function versionBefore(state: Pick<NameState, "versions">): StoredVersion | null {
  for (const wanted of ["live", "deprecated", "yanked"] as const) {
    const found = state.versions.find((entry) => entry.state === wanted);
    if (found !== undefined) return found;
  }
  return null;
}

/**
 * The number of a version that nobody asked a number for: as much above `before` as its change asks for, and never one that was used,
 * were it deleted since. What it is measured against is the highest live version, so that no break is hidden from those who follow
 * `latest` or a range; a yanked or deleted number above it is stepped over, not built upon.
 */
export function nextVersion(
  state: Pick<NameState, "kind" | "name" | "versions">,
  before: Pick<StoredVersion, "version"> | null,
  bump: Comparison["bump"],
): Result<string, Failure> {
  const used = new Set(state.versions.map((entry) => entry.version));
  if (used.size === 0) return success(firstVersion);
  // When every version is deleted, what they were is gone: the new one may be anything to them.
  const from = before?.version ?? highestOf(state.versions);
  let next = follow(from, bump);
  while (used.has(next)) next = follow(next, bump);
  if (versionText.safeParse(next).success) return success(next);
  return refusal({
    code: "LIMIT_REACHED",
    message: `${state.kind} ${state.name} is at ${from}, and no number after it can be written; say the version yourself, or publish under a new name`,
  });
}

/** The lowest version that says as much as the change; content that differs is at least a patch. */
function follow(from: string, bump: Comparison["bump"]): string {
  return mayFollow({ bump }, from, from).neededVersion;
}

function highestOf(versions: readonly Pick<StoredVersion, "version">[]): string {
  return versions.map((entry) => entry.version).reduce((a, b) => (semver.gt(a, b) ? a : b));
}
