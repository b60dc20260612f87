import { describe, expect, test } from "vitest";
import { limits } from "../../../src/contract/limits.ts";
import { placeCandidate } from "../../../src/domain/registration/place-candidate.ts";
import { digestOf } from "../artifact/an-index.ts";
import { aName } from "./a-name.ts";

const name = aName([
  ["3.0.0", "deleted"],
  ["2.0.0", "live"],
  ["1.4.0", "live"],
  ["1.3.0", "yanked"],
  ["1.2.0", "live"],
  ["1.1.0", "deprecated"],
]);

function place(version: string, digest = digestOf(version)) {
  const placed = placeCandidate(name, { version, digest });
  if (!placed.ok) return placed.failure.code;
  const { value } = placed;
  return value.status === "unchanged" ? "unchanged" : `${value.before?.version} < ${value.after?.version}`;
}

describe("a version that is there already", () => {
  test("changes nothing when its content is the same", () => expect(place("1.2.0")).toBe("unchanged"));
  test("changes nothing even when it is yanked", () => expect(place("1.3.0")).toBe("unchanged"));
  test("is taken when its content is another", () => expect(place("1.2.0", digestOf("9.9.9"))).toBe("VERSION_TAKEN"));
  test("is gone for ever when it was deleted", () => expect(place("3.0.0")).toBe("VERSION_DELETED"));
  test("is refused with the next number that is free to try", () => {
    const placed = placeCandidate(name, { version: "1.2.0", digest: digestOf("9.9.9") });
    expect(placed.ok ? "" : placed.failure.message).toContain("publish 1.2.1");
  });
});

describe("a new version stands between the live ones of its major", () => {
  test.each([
    ["1.5.0", "1.4.0 < undefined"],
    ["1.3.5", "1.2.0 < 1.4.0"],
    ["1.0.0", "undefined < 1.2.0"],
    ["1.10.0", "1.4.0 < undefined"],
    ["2.0.1", "2.0.0 < undefined"],
    ["3.0.1", "undefined < undefined"],
    ["0.9.0", "undefined < undefined"],
  ])("%s: %s", (version, expected) => expect(place(version)).toBe(expected));
});

test("a name that is full takes no further version, but still knows its own", () => {
  const full = aName(Array.from({ length: limits.versionsPerName }, (_, patch) => [`1.0.${patch}`, "live"]));
  expect(placeCandidate(full, { version: "2.0.0", digest: digestOf("2.0.0") })).toMatchObject({
    ok: false,
    failure: { code: "LIMIT_REACHED" },
  });
  expect(placeCandidate(full, { version: "1.0.5", digest: digestOf("1.0.5") })).toMatchObject({ ok: true });
});
