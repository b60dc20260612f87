import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chooseVersion } from "../../../src/domain/artifact/choose-version.ts";
import { parseSelector, splitReference } from "../../../src/domain/artifact/parse-reference.ts";
import { anIndex, aVersion } from "./an-index.ts";

const digest = `sha256:${"ab".repeat(32)}`;

describe("a selector is read as", () => {
  test.each([
    ["1.4.0", { type: "version", version: "1.4.0" }],
    ["0.0.0", { type: "version", version: "0.0.0" }],
    [digest, { type: "digest", digest }],
    ["latest", { type: "tag", tag: "latest" }],
    ["v1", { type: "tag", tag: "v1" }],
    ["_2024.nightly-3", { type: "tag", tag: "_2024.nightly-3" }],
    ["^1.2", { type: "range", range: "^1.2" }],
    ["~1.2.0", { type: "range", range: "~1.2.0" }],
    ["1.x", { type: "range", range: "1.x" }],
    ["x", { type: "range", range: "x" }],
    ["1", { type: "range", range: "1" }],
    [">=1 <3", { type: "range", range: ">=1 <3" }],
    ["=1.2.3", { type: "range", range: "=1.2.3" }],
  ])("%s", (text, expected) => expect(parseSelector(text)).toEqual({ ok: true, value: expected }));
});

describe("a selector is refused when it is", () => {
  test.each([
    ["empty", "", "it is empty"],
    ["too long", "1".repeat(201), "it is longer than 200 characters"],
    ["a short digest", "sha256:abcd", "64 lower-case hex digits"],
    ["a digest in capitals", digest.toUpperCase().replace("SHA256", "sha256"), "64 lower-case hex digits"],
    ["a prerelease", "1.0.0-beta", "no version, range, tag or digest"],
    ["a range nobody can read", ">=<1", "no version, range, tag or digest"],
    ["a number beyond what versions can be", "99999999999999999999.0.0", "no version, range, tag or digest"],
    ["two selectors", "1.0.0@stable", "no version, range, tag or digest"],
    ["written in other digits", "١.٠.٠", "no version, range, tag or digest"],
  ])("%s", (_, text, why) => {
    const parsed = parseSelector(text);
    expect(parsed).toMatchObject({ ok: false, failure: { code: "INVALID_REQUEST" } });
    if (!parsed.ok) expect(parsed.failure.message).toContain(why);
  });
});

test("no text makes reading or choosing throw", () => {
  const index = anIndex([aVersion("1.0.0")], { latest: "1.0.0" });
  const rangeLike = fc.array(
    fc.constantFrom("^", "~", "<", ">", "=", "*", "x", "X", ".", " ", "|", "-", "1", "0", "9"),
  );
  const text = fc.oneof(
    fc.string({ maxLength: 250 }),
    rangeLike.map((parts) => parts.join("")),
  );
  fc.assert(
    fc.property(text, (selector) => {
      const parsed = parseSelector(selector);
      if (parsed.ok) chooseVersion(index, parsed.value);
    }),
    { numRuns: 2000 },
  );
});

describe("a reference is split", () => {
  test.each([
    ["sharpen", { name: "sharpen", selector: null }],
    ["sharpen@^1", { name: "sharpen", selector: "^1" }],
    ["sharpen@", { name: "sharpen", selector: "" }],
    ["sharpen@a@b", { name: "sharpen", selector: "a@b" }],
    ["@stable", { name: "", selector: "stable" }],
  ])("%s at its first @", (text, expected) => expect(splitReference(text)).toEqual(expected));
});
