import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { limits } from "../../../src/contract/limits.ts";
import { formatAddress, type Step } from "../../../src/domain/entity/address.ts";
import { parseAddress } from "../../../src/domain/entity/parse-address.ts";
import { suggestAddress } from "../../../src/domain/entity/suggest-address.ts";

const id = "0190a6b4-7c1e-7d3a-9f2b-1234567890ab";

test.each<[string, Step[], string]>([
  ["", [], ""],
  [".field", ["field"], ".field"],
  [".field.sub", ["field", "sub"], ".field.sub"],
  ["[0]", [0], "[0]"],
  [".0", [0], "[0]"],
  [".images.12.name", ["images", 12, "name"], ".images[12].name"],
  ['["key"]', ["key"], ".key"],
  ['["a key"]', ["a key"], '["a key"]'],
  ['["0"]', ["0"], '["0"]'],
  ['["é\\"]\\\\[\\n\\u0041"]', ['é"]\\[\nA'], '["é\\"]\\\\[\\nA"]'],
  ['[""]', [""], '[""]'],
  [".3d", ["3d"], ".3d"],
  [".with-hyphen._x", ["with-hyphen", "_x"], ".with-hyphen._x"],
  [".__proto__.constructor", ["__proto__", "constructor"], ".__proto__.constructor"],
  ['.a[0]["b"].c[999999999999999]', ["a", 0, "b", "c", 999_999_999_999_999], ".a[0].b.c[999999999999999]"],
])("@id%s reads as %j and is written %s", (text, steps, canonical) => {
  expect(parseAddress(`@${id}${text}`)).toEqual({ ok: true, value: { ecsId: id, steps } });
  expect(formatAddress({ ecsId: id, steps })).toBe(`@${id}${canonical}`);
});

const alien = `@${id}`;
test.each<[string, number, string, string | null]>([
  ["@", 2, "an entity's id", "write"],
  ["@alice", 2, "an entity's id", '"@@alice"'],
  ["@0190a6b4-7c1e", 2, "an entity's id", "an address is @ and a UUID"],
  [`@${id.toUpperCase()}.x`, 2, "an entity's id", `${alien}.x`],
  [`@${id.replaceAll("-", "")}.x`, 2, "an entity's id", `${alien}.x`],
  [`@{${id}}.x`, 2, "an entity's id", `${alien}.x`],
  [`@ ${id}.x`, 2, "an entity's id", `${alien}.x`],
  [`${alien} .x`, 38, "., [ or the end", `${alien}.x`],
  [`${alien}/field/0`, 38, "., [ or the end", `${alien}.field[0]`],
  [`${alien}field`, 38, "., [ or the end", `${alien}.field`],
  [`${alien}.`, 39, "a key or a position after .", alien],
  [`${alien}..x`, 39, "a key or a position after .", `${alien}.x`],
  [`${alien}.a key`, 40, "., [ or the end", null],
  [`${alien}.größe`, 41, "., [ or the end", null],
  [`${alien}.x[0`, 42, "]", `${alien}.x[0]`],
  [`${alien}.x[0.y`, 42, "]", `${alien}.x[0].y`],
  [`${alien}[x]`, 39, "a position or a key in double quotes", `${alien}.x`],
  [`${alien}['x']`, 39, "a position or a key in double quotes", `${alien}.x`],
  [`${alien}["x"`, 42, "]", `${alien}.x`],
  [`${alien}["x]`, 39, "a position or a key in double quotes", null],
  [`${alien}["\\x"]`, 39, "a key as JSON spells strings", null],
  [`${alien}["\\ud800"]`, 39, "a key as JSON spells strings", null],
  [`${alien}[-1]`, 39, "a position or a key in double quotes", null],
  [`${alien}[01]`, 39, "without leading zeros", `${alien}[1]`],
  [`${alien}.007`, 39, "without leading zeros", null],
  [`${alien}[1234567890123456]`, 39, "at most 15 digits", null],
  [`${alien}[ 0 ]`, 39, "a position or a key in double quotes", `${alien}[0]`],
  [`${alien}[1,2]`, 40, "]", null],
  ["@00000000-0000-0000-0000-00000000000g", 2, "an entity's id", null],
])("%s is refused at character %i", (text, at, expected, suggestion) => {
  const parsed = parseAddress(text);
  expect(parsed).toMatchObject({ ok: false, failure: { at } });
  if (parsed.ok) return;
  expect(parsed.failure.message).toContain(expected);
  expect(parsed.failure.message).toContain(`at character ${at}`);
  if (suggestion !== null) expect(suggestAddress(text)).toContain(suggestion);
});

it("counts characters, not half pairs, when it tells where", () => {
  expect(parseAddress(`${alien}["😀"]x`)).toMatchObject({ failure: { at: 43 } });
});

it("refuses what is longer than an address may be, whatever it is", () => {
  const long = `${alien}${".a".repeat(600)}`;
  expect(parseAddress(long)).toMatchObject({ ok: false, failure: { at: limits.addressLength + 1 } });
  expect(suggestAddress(long)).toContain("write");
});

const step = fc.oneof(
  fc.nat({ max: 999_999_999_999_999 }),
  fc.string({ unit: "binary", maxLength: 20 }).filter((key) => key.isWellFormed()),
  fc.constantFrom("a", "0", "00", "", '"', "\\", "]", "[", ".", "@", "__proto__", "\u2028"),
);

describe("any address", () => {
  it("is the same after it was written and read", () => {
    fc.assert(
      fc.property(fc.uuid({ version: 7 }), fc.array(step, { maxLength: 8 }), (ecsId, steps) => {
        const text = formatAddress({ ecsId, steps });
        fc.pre(text.length <= limits.addressLength);
        expect(parseAddress(text)).toEqual({ ok: true, value: { ecsId, steps } });
      }),
      { numRuns: 500 },
    );
  });

  it("that can be read is written in one form, which reads the same", () => {
    const piece = fc.constantFrom(
      ".a",
      ".0",
      "[0]",
      '["a"]',
      '["0"]',
      '["\\u0041"]',
      ".",
      "[",
      "]",
      '"',
      "00",
      " ",
      "x",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 10 }), (pieces) => {
        const parsed = parseAddress(`${alien}${pieces.join("")}`);
        if (!parsed.ok) return;
        expect(parseAddress(formatAddress(parsed.value))).toEqual(parsed);
      }),
      { numRuns: 2000 },
    );
  });

  it("is suggested only if it can be read", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), fc.boolean(), (rest, upper) => {
        const text = `@${upper ? id.toUpperCase() : id}${rest}`;
        const meant = /^did you mean (.*)\?$/s.exec(suggestAddress(text))?.[1];
        if (meant !== undefined) expect(parseAddress(meant).ok).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it("is read to its end or refused, however hostile its text is", () => {
    const hostile = ["[", '["', "\\", '["\\"', ".0", "[0", "...", "@@", "a-".repeat(20), "'", "/"];
    for (const part of hostile) {
      const text = `${alien}${part.repeat(Math.floor(960 / part.length))}`.slice(0, limits.addressLength);
      for (let round = 0; round < 50; round += 1) {
        parseAddress(text);
        suggestAddress(text);
      }
    }
  });
});
