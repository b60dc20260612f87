import { describe, expect, test } from "vitest";
import type { VersionState } from "../../../src/contract/artifact/name-index.ts";
import type { Comparison } from "../../../src/contract/template/comparison.ts";
import { nextVersion, versionBefore } from "../../../src/domain/function/next-version.ts";
import { aName } from "../registration/a-name.ts";

function next(versions: [string, VersionState][], bump: Comparison["bump"]): string {
  const state = aName(versions);
  const chosen = nextVersion(state, versionBefore(state), bump);
  return chosen.ok ? chosen.value : chosen.failure.code;
}

describe("the next version of a function", () => {
  test.each<[string, [string, VersionState][], Comparison["bump"], string]>([
    ["is 1.0.0 when it is new", [], "none", "1.0.0"],
    ["is a patch when only its body changed", [["1.2.3", "live"]], "patch", "1.2.4"],
    ["is a patch when nothing that is compared changed", [["1.2.3", "live"]], "none", "1.2.4"],
    ["is a minor one when it can do more", [["1.2.3", "live"]], "minor", "1.3.0"],
    ["is a major one when it breaks callers", [["1.2.3", "live"]], "major", "2.0.0"],
    ["stays below 1.0.0 where its author began there", [["0.2.3", "live"]], "major", "0.3.0"],
    [
      "follows the highest live version",
      [
        ["2.0.0", "yanked"],
        ["1.0.0", "live"],
      ],
      "patch",
      "1.0.1",
    ],
    [
      "steps over a yanked number",
      [
        ["1.1.0", "yanked"],
        ["1.0.0", "live"],
      ],
      "minor",
      "1.2.0",
    ],
    [
      "steps over a deleted number",
      [
        ["2.0.0", "deleted"],
        ["1.0.1", "deleted"],
        ["1.0.0", "live"],
      ],
      "major",
      "3.0.0",
    ],
    [
      "steps over many",
      [
        ["1.0.2", "deleted"],
        ["1.0.1", "yanked"],
        ["1.0.0", "live"],
      ],
      "patch",
      "1.0.3",
    ],
    [
      "follows a deprecated version when none is live",
      [
        ["1.0.0", "deprecated"],
        ["0.9.0", "yanked"],
      ],
      "minor",
      "1.1.0",
    ],
    ["follows a yanked version when nothing else is left", [["1.0.0", "yanked"]], "patch", "1.0.1"],
    [
      "is above all when every version is deleted",
      [
        ["1.4.0", "deleted"],
        ["1.0.0", "deleted"],
      ],
      "major",
      "2.0.0",
    ],
    ["is not written beyond nine digits", [["999999999.0.0", "live"]], "major", "LIMIT_REACHED"],
  ])("%s", (_, versions, bump, expected) => expect(next(versions, bump)).toBe(expected));
});

test("a live version is what is measured against, before a higher one that is deprecated", () => {
  const state = aName([
    ["1.3.0", "deprecated"],
    ["1.2.0", "live"],
    ["1.1.0", "live"],
  ]);
  expect(versionBefore(state)?.version).toBe("1.2.0");
});
