import { describe, expect, test } from "vitest";
import type { VersionState } from "../../../src/contract/artifact/name-index.ts";
import { limits } from "../../../src/contract/limits.ts";
import { checkStateChange, checkTagMove } from "../../../src/domain/registration/check-state-change.ts";
import { aName } from "./a-name.ts";

const name = aName(
  [
    ["4.0.0", "deleted"],
    ["3.0.0", "yanked"],
    ["2.0.0", "deprecated"],
    ["1.0.0", "live"],
  ],
  { latest: "1.0.0", stable: "1.0.0" },
);
const said = { message: null, successor: null, sunset: null };

describe("from a state to a state", () => {
  const become = (version: string, to: VersionState) => {
    const checked = checkStateChange(name, version, to, to === "live" ? null : said);
    return checked.ok ? checked.value.changes : checked.failure.code;
  };
  test.each<[string, VersionState, boolean | string]>([
    ["1.0.0", "live", false],
    ["1.0.0", "deprecated", true],
    ["1.0.0", "yanked", true],
    ["1.0.0", "deleted", true],
    ["2.0.0", "live", true],
    ["2.0.0", "deprecated", false],
    ["2.0.0", "yanked", true],
    ["3.0.0", "live", true],
    ["3.0.0", "yanked", false],
    ["3.0.0", "deprecated", "STATE_CONFLICT"],
    ["3.0.0", "deleted", true],
    ["4.0.0", "deleted", false],
    ["4.0.0", "live", "VERSION_DELETED"],
    ["4.0.0", "deprecated", "VERSION_DELETED"],
    ["4.0.0", "yanked", "VERSION_DELETED"],
    ["9.0.0", "yanked", "VERSION_NOT_FOUND"],
  ])("%s becomes %s: %s", (version, to, expected) => expect(become(version, to)).toBe(expected));

  test("another notice is a change, the same one is none", () => {
    const deprecate = (message: string | null) => checkStateChange(name, "2.0.0", "deprecated", { ...said, message });
    expect(deprecate("use 1.0.0")).toMatchObject({ ok: true, value: { changes: true } });
    expect(deprecate(null)).toMatchObject({ ok: true, value: { changes: false } });
  });

  test("a name that nobody published is not found", () => {
    expect(checkStateChange(aName(), "1.0.0", "yanked", said)).toMatchObject({
      ok: false,
      failure: { code: "NAME_NOT_FOUND" },
    });
  });
});

describe("moving a tag", () => {
  const move = (tag: string, version: string | null) => {
    const checked = checkTagMove(name, tag, version);
    return checked.ok ? checked.value.changes : checked.failure.code;
  };
  test.each<[string, string | null, boolean | string]>([
    ["stable", "2.0.0", true],
    ["stable", "1.0.0", false],
    ["canary", "1.0.0", true],
    ["toString", "1.0.0", true],
    ["stable", "3.0.0", "STATE_CONFLICT"],
    ["stable", "4.0.0", "VERSION_DELETED"],
    ["stable", "9.0.0", "VERSION_NOT_FOUND"],
    ["latest", "1.0.0", "TAG_RESERVED"],
    ["latest", null, "TAG_RESERVED"],
    ["stable", null, true],
    ["unknown", null, "TAG_NOT_FOUND"],
    ["toString", null, "TAG_NOT_FOUND"],
  ])("%s to %s: %s", (tag, version, expected) => expect(move(tag, version)).toBe(expected));

  test("a name with as many tags as it may have moves those, and takes no new one", () => {
    const tags = Object.fromEntries(Array.from({ length: limits.tagsPerName }, (_, place) => [`t${place}`, "1.0.0"]));
    const full = aName(
      [
        ["2.0.0", "live"],
        ["1.0.0", "live"],
      ],
      tags,
    );
    expect(checkTagMove(full, "t0", "2.0.0").ok).toBe(true);
    expect(checkTagMove(full, "new", "2.0.0")).toMatchObject({ ok: false, failure: { code: "LIMIT_REACHED" } });
  });
});
