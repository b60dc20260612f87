import { describe, expect, test } from "vitest";
import type { NameIndex } from "../../../src/contract/artifact/name-index.ts";
import { chooseVersion, latestOf } from "../../../src/domain/artifact/choose-version.ts";
import { parseSelector } from "../../../src/domain/artifact/parse-reference.ts";
import { anIndex, aVersion, digestOf } from "./an-index.ts";

const index = anIndex(
  [
    aVersion("3.0.0", "deleted", "leaked a key"),
    aVersion("2.1.0", "yanked", "wrong defaults"),
    aVersion("2.0.0", "deprecated"),
    aVersion("1.10.0"),
    aVersion("1.9.3"),
    aVersion("0.2.5"),
    aVersion("0.2.0"),
  ],
  { latest: "1.10.0", stable: "1.9.3", canary: "2.1.0", old: "2.0.0", broken: "3.0.0", lost: "9.9.9" },
);

/** The version chosen, or the code of the refusal. */
function choose(selector: string, from: NameIndex = index): string {
  const parsed = parseSelector(selector);
  if (!parsed.ok) return parsed.failure.code;
  const chosen = chooseVersion(from, parsed.value);
  return chosen.ok ? chosen.value.version : chosen.failure.code;
}

function message(selector: string, from: NameIndex = index): string {
  const parsed = parseSelector(selector);
  const chosen = parsed.ok ? chooseVersion(from, parsed.value) : parsed;
  return chosen.ok ? "" : chosen.failure.message;
}

describe("an exact version", () => {
  test.each([
    ["1.9.3", "1.9.3"],
    ["2.0.0", "2.0.0"],
    ["2.1.0", "2.1.0"],
    ["3.0.0", "VERSION_DELETED"],
    ["1.9.4", "VERSION_NOT_FOUND"],
  ])("%s chooses %s", (selector, expected) => expect(choose(selector)).toBe(expected));
});

describe("a digest", () => {
  test.each([
    ["2.1.0", "2.1.0"],
    ["3.0.0", "VERSION_DELETED"],
    ["7.7.7", "VERSION_NOT_FOUND"],
  ])("of %s chooses %s", (version, expected) => expect(choose(digestOf(version))).toBe(expected));

  test("that a deleted and a live version share chooses the live one", () => {
    const shared = [{ ...aVersion("1.1.0", "deleted"), digest: digestOf("1.0.0") }, aVersion("1.0.0")];
    expect(choose(digestOf("1.0.0"), anIndex(shared))).toBe("1.0.0");
  });
});

describe("a range", () => {
  test.each([
    ["^1", "1.10.0"],
    ["^1.9", "1.10.0"],
    ["~1.9.0", "1.9.3"],
    ["1.x", "1.10.0"],
    ["1", "1.10.0"],
    ["*", "2.0.0"],
    [">=1 <2", "1.10.0"],
    [">=2.0.0", "2.0.0"],
    ["^0.2.0", "0.2.5"],
    ["<1", "0.2.5"],
    ["1.9.0 - 1.9.9", "1.9.3"],
    ["^5 || ^0.2", "0.2.5"],
    [">2.0.0", "VERSION_NOT_FOUND"],
    ["^3", "VERSION_NOT_FOUND"],
  ])("%s chooses %s: the highest live or deprecated one", (range, expected) => expect(choose(range)).toBe(expected));
});

describe("a tag", () => {
  test.each([
    ["latest", "1.10.0"],
    ["stable", "1.9.3"],
    ["old", "2.0.0"],
    ["canary", "VERSION_YANKED"],
    ["broken", "VERSION_DELETED"],
    ["lost", "TAG_NOT_FOUND"],
    ["unknown", "TAG_NOT_FOUND"],
    ["toString", "TAG_NOT_FOUND"],
    ["__proto__", "INVALID_REQUEST"],
  ])("%s chooses %s", (tag, expected) => expect(choose(tag)).toBe(expected));

  test("latest of a name whose versions are all yanked is not found", () => {
    expect(choose("latest", anIndex([aVersion("1.0.0", "yanked")]))).toBe("VERSION_NOT_FOUND");
  });
});

describe("a refusal says what to do", () => {
  test.each([
    ["1.9.4", "template sharpen has no version 1.9.4; its highest is 2.0.0"],
    ["^7", "template sharpen: it has no version in ^7; its highest is 2.0.0"],
    ["canary", "points at 2.1.0, which is yanked (wrong defaults); ask for sharpen@2.1.0 exactly"],
    ["3.0.0", "sharpen@3.0.0 is deleted: leaked a key; its highest is 2.0.0"],
    ["nope", "its tags are: broken, canary, latest, lost, old, stable"],
  ])("%s: %s", (selector, expected) => expect(message(selector)).toContain(expected));

  test("a name without versions is a name that nobody published", () => {
    expect(choose("latest", anIndex([]))).toBe("NAME_NOT_FOUND");
    expect(message("latest", anIndex([]))).toContain("GET /v1/templates?q=");
  });
});

describe("latest is", () => {
  test.each([
    ["the highest live version, by number and not by text", [aVersion("1.9.0"), aVersion("1.10.0")], "1.10.0"],
    ["a live one before a higher deprecated one", [aVersion("2.0.0", "deprecated"), aVersion("1.0.0")], "1.0.0"],
    [
      "the highest deprecated one when none is live",
      [aVersion("2.0.0", "yanked"), aVersion("1.0.0", "deprecated")],
      "1.0.0",
    ],
    ["nothing when all are yanked or deleted", [aVersion("2.0.0", "yanked"), aVersion("1.0.0", "deleted")], null],
  ] as const)("%s", (_, versions, expected) => expect(latestOf(versions)).toBe(expected));
});
