import { describe, expect, test } from "vitest";
import { moveTag, publishVersion, setVersionState } from "../../../src/domain/registration/name-change.ts";
import { aCandidate, aName, ann } from "./a-name.ts";

const notice = { since: ann.at, message: "wrong defaults", successor: null, sunset: null };
const versionsOf = (change: { after: { versions: { version: string }[] } }) =>
  change.after.versions.map((entry) => entry.version);

describe("publishing", () => {
  test("a first version starts the name, and latest with it", () => {
    const change = publishVersion(aName(), aCandidate("1.0.0"), ann);
    expect(change).toMatchObject({
      change: "published",
      version: "1.0.0",
      after: { revision: 1, tags: { latest: "1.0.0" } },
      tagMoves: [{ tag: "latest", from_version: null, to_version: "1.0.0", moved_by: "ann", moved_at: ann.at }],
    });
  });

  test("a version keeps the order by number and moves latest up", () => {
    const before = aName([["1.9.0", "live"]], { latest: "1.9.0" });
    const change = publishVersion(before, aCandidate("1.10.0"), ann);
    expect(versionsOf(change)).toEqual(["1.10.0", "1.9.0"]);
    expect(change.after.tags).toEqual({ latest: "1.10.0" });
  });

  test("a fix of an older line leaves latest where it is", () => {
    const before = aName(
      [
        ["2.0.0", "live"],
        ["1.0.0", "live"],
      ],
      { latest: "2.0.0" },
    );
    const change = publishVersion(before, aCandidate("1.0.1"), ann);
    expect(versionsOf(change)).toEqual(["2.0.0", "1.0.1", "1.0.0"]);
    expect(change.tagMoves).toEqual([]);
  });

  test("what was before stays as it was", () => {
    const before = aName([["1.0.0", "live"]], { latest: "1.0.0" });
    const copy = structuredClone(before);
    publishVersion(before, aCandidate("2.0.0"), ann);
    expect(before).toEqual(copy);
  });
});

describe("a version's state", () => {
  const before = aName(
    [
      ["2.0.0", "live"],
      ["1.0.0", "live"],
    ],
    { latest: "2.0.0", stable: "2.0.0", old: "1.0.0" },
  );

  test("yanked moves latest down and leaves other tags", () => {
    const change = setVersionState(before, "2.0.0", "yanked", notice, ann);
    expect(change.change).toBe("yanked");
    expect(change.after.tags).toEqual({ latest: "1.0.0", stable: "2.0.0", old: "1.0.0" });
    expect(change.tagMoves.map((move) => move.tag)).toEqual(["latest"]);
    expect(change.after.versions[0]).toMatchObject({ version: "2.0.0", state: "yanked", notice });
  });

  test("deprecated gives way to a lower version that is live", () => {
    expect(setVersionState(before, "2.0.0", "deprecated", notice, ann).after.tags).toMatchObject({ latest: "1.0.0" });
  });

  test("deleted takes its tags with it, each with an entry in the tag's history", () => {
    const change = setVersionState(before, "2.0.0", "deleted", notice, ann);
    expect(change.after.tags).toEqual({ latest: "1.0.0", old: "1.0.0" });
    expect(change.tagMoves.map(({ tag, to_version }) => [tag, to_version])).toEqual([
      ["latest", "1.0.0"],
      ["stable", null],
    ]);
  });

  test("of the only live version leaves no latest", () => {
    const only = aName([["1.0.0", "live"]], { latest: "1.0.0" });
    expect(setVersionState(only, "1.0.0", "yanked", notice, ann).after.tags).toEqual({});
  });

  test("restored to live brings latest back", () => {
    const yanked = aName(
      [
        ["2.0.0", "yanked"],
        ["1.0.0", "live"],
      ],
      { latest: "1.0.0" },
    );
    const change = setVersionState(yanked, "2.0.0", "live", null, ann);
    expect([change.change, change.after.tags]).toEqual(["restored", { latest: "2.0.0" }]);
  });
});

describe("a tag", () => {
  const before = aName(
    [
      ["2.0.0", "live"],
      ["1.0.0", "live"],
    ],
    { latest: "2.0.0", stable: "1.0.0" },
  );

  test("moves with its reason and from where it was", () => {
    const change = moveTag(before, "stable", "2.0.0", "soaked for a week", ann);
    expect(change.tagMoves).toEqual([
      {
        tag: "stable",
        from_version: "1.0.0",
        to_version: "2.0.0",
        moved_at: ann.at,
        moved_by: "ann",
        reason: "soaked for a week",
      },
    ]);
    expect(change).toMatchObject({ change: "tagged", version: "2.0.0", after: { revision: before.revision + 1 } });
  });

  test("is gone when it is removed", () => {
    const change = moveTag(before, "stable", null, null, ann);
    expect([change.change, change.after.tags]).toEqual(["untagged", { latest: "2.0.0" }]);
  });

  test("named like a method is a tag like any other", () => {
    expect(moveTag(before, "constructor", "1.0.0", null, ann).tagMoves).toMatchObject([
      { tag: "constructor", from_version: null, to_version: "1.0.0" },
    ]);
  });
});
