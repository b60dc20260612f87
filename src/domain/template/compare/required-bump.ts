import semver from "semver";
import type { Comparison } from "../../../contract/template/comparison.ts";

/** Whether version `to` says at least what a change after `from` needs, and the lowest version that would. */
export function mayFollow(
  comparison: Pick<Comparison, "bump">,
  from: string,
  to: string,
): { allowed: boolean; neededVersion: string } {
  const neededVersion = lowestAfter(comparison.bump, from);
  return { allowed: semver.gte(to, neededVersion), neededVersion };
}

/**
 * The lowest version that may follow. Before 1.0.0 anything may change (SemVer 2.0 section 4); by practice, and by how `^0.2` is read,
 * a breaking change there raises the minor number and any other the patch number.
 */
function lowestAfter(bump: Comparison["bump"], from: string): string {
  const { major, minor, patch } = semver.parse(from, {}, true);
  if (bump === "major") return major === 0 ? `0.${minor + 1}.0` : `${major + 1}.0.0`;
  if (bump === "minor" && major > 0) return `${major}.${minor + 1}.0`;
  return `${major}.${minor}.${patch + 1}`;
}
