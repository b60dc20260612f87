import fc from "fast-check";
import { expect, it } from "vitest";
import { areOfAllNames, matchesName } from "../../../src/domain/access/matches-name.ts";

const letters = fc.constantFrom("a", "b", "/", "_", ".", "-");
const aText = fc.array(letters, { maxLength: 10 }).map((each) => each.join(""));
const aPattern = fc.array(fc.oneof(letters, fc.constant("*")), { maxLength: 10 }).map((each) => each.join(""));

/** The same, as a regular expression says it. */
function asExpression(pattern: string): RegExp {
  const pieces = pattern.split("*").map((piece) => piece.replaceAll(/[.\-/]/g, "\\$&"));
  return new RegExp(`^${pieces.join("[^]*")}$`);
}

it("takes * for any characters, a slash too, as a regular expression would", () => {
  fc.assert(
    fc.property(aPattern, aText, (pattern, name) => {
      expect(matchesName([pattern], name)).toBe(asExpression(pattern).test(name));
    }),
    { numRuns: 5000 },
  );
});

it.each([
  [["templates/image_*"], "templates/image_generation", true],
  [["templates/image_*"], "templates/image_", true],
  [["templates/image_*"], "templates/images", false],
  [["templates/image_*"], "templates/image", false],
  [["models/*"], "models/a/b/c", true],
  [["models/*"], "models", false],
  [["*"], "anything/at/all", true],
  [[], "anything", false],
  [["a*a"], "a", false],
  [["a*a"], "aa", true],
  [["*ab*ba*"], "aba", false],
  [["x", "functions/numpy.blur"], "functions/numpy.blur", true],
  [["functions/numpy.blur"], "functions/numpyxblur", false],
] as const)("says of %j and %s: %s", (patterns, name, fits) => {
  expect(matchesName(patterns, name)).toBe(fits);
});

it("takes time in proportion, however many stars there are", () => {
  const pattern = `${"*a".repeat(90)}*b`;
  expect(matchesName([pattern], "a".repeat(100_000))).toBe(false);
  expect(areOfAllNames(["templates/*", "*"])).toBe(true);
  expect(areOfAllNames(["**", "templates/*"])).toBe(false);
});
