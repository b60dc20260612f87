import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { limits } from "../../../../src/contract/limits.ts";
import type { JsonValue } from "../../../../src/domain/document/json-value.ts";
import { anySchema, anyValue, check, type Schema } from "./a-schema.ts";

/** Null where the code that ajv makes of a schema cannot run: with `not: true`, it reads variables that it does not declare. */
function answerOf(fits: () => boolean): boolean | null {
  try {
    return fits();
  } catch (error) {
    if (error instanceof ReferenceError) return null;
    throw error;
  }
}

describe("checking a value by a JSON Schema", () => {
  test("says what another validator says", () => {
    let fitting = 0;
    fc.assert(
      fc.property(anySchema, fc.array(anyValue, { minLength: 5, maxLength: 5 }), (schema, values) => {
        const fits = new Ajv2020({ strict: false }).compile(schema);
        for (const value of values) {
          const { state } = check(schema, value);
          const other = answerOf(() => fits(value));
          if (other !== null) expect(state, JSON.stringify({ schema, value })).toBe(other ? "fits" : "differs");
          if (state === "fits") fitting += 1;
        }
      }),
      { numRuns: 400 },
    );
    // Else it would only have compared refusals.
    expect(fitting).toBeGreaterThan(300);
  });

  test.each<[string, Schema, JsonValue, string[]]>([
    ["a type", { type: "string" }, 3, [": expected a string, found the number 3"]],
    [
      "one of several types",
      { type: ["integer", "null"] },
      1.5,
      [": expected an integer or null, found the number 1.5"],
    ],
    [
      "every place, by its pointer",
      { properties: { files: { items: { required: ["name"], properties: { name: { type: "string" } } } } } },
      { files: [{ name: "a" }, { name: 1 }, {}] },
      [
        "/files/1/name: expected a string, found the number 1",
        '/files/2: expected the property "name", which is missing',
      ],
    ],
    [
      "keys with a slash",
      { additionalProperties: false },
      { "a/b": 1 },
      ['/a~1b: there is no property "a/b": no property is allowed'],
    ],
    [
      "a key that is not known",
      { properties: { size: {} }, additionalProperties: false },
      { sise: 1 },
      ['/sise: there is no property "sise": it knows size'],
    ],
    [
      "bounds",
      { items: { minimum: 1, exclusiveMaximum: 3 } },
      [0, 1, 3],
      ["/0: expected at least 1, found 0", "/2: expected less than 3, found 3"],
    ],
    ["an enum", { enum: ["a", 1, null] }, "b", [': expected one of "a", 1, null, found the string "b"']],
    [
      "lengths in characters, not in halves of them",
      { minLength: 2 },
      "😀",
      [": expected at least 2 characters, found 1"],
    ],
    [
      "items that are there twice",
      { uniqueItems: true },
      [
        { a: 1, b: 2 },
        { b: 2, a: 1 },
      ],
      ["/1: expected items that differ, found the one at 0 again"],
    ],
    [
      "what the one alternative for such values says",
      { anyOf: [{ type: "null" }, { type: "object", required: ["a"] }] },
      {},
      [': expected the property "a", which is missing'],
    ],
    ["that no alternative fits", { oneOf: [{ const: 1 }, { const: 2 }] }, 3, [": fits none of the 2 schemas of oneOf"]],
    [
      "that two fit of which one may",
      { oneOf: [{ minimum: 1 }, { minimum: 2 }] },
      3,
      [": fits 2 of the 2 schemas of oneOf, and may fit only one"],
    ],
  ])("tells %s", (_, schema, value, lines) => {
    const finding = check(schema, value);
    const told =
      finding.state === "differs" ? finding.differences.map(({ path, message }) => `${path}: ${message}`) : [];
    expect(told).toEqual(lines);
  });

  test.each<[string, Schema, JsonValue, JsonValue]>([
    ["references into $defs", { $ref: "#/$defs/n", $defs: { n: { type: "number" } } }, 1, "1"],
    [
      "a tree that contains itself",
      { $defs: { t: { properties: { next: { $ref: "#/$defs/t" } }, required: ["v"] } }, $ref: "#/$defs/t" },
      { v: 1, next: { v: 2 } },
      { v: 1, next: {} },
    ],
    ["anchors", { $ref: "#n", $defs: { x: { $anchor: "n", type: "number" } } }, 1, "1"],
    [
      "a part with an $id of its own",
      {
        $id: "https://a.test/root.json",
        items: { $ref: "item.json" },
        $defs: { i: { $id: "item.json", type: "integer" } },
      },
      [1],
      ["1"],
    ],
    [
      "properties that no branch which fits has looked at",
      {
        anyOf: [
          { properties: { a: {} }, required: ["a"] },
          { properties: { b: {} }, required: ["c"] },
        ],
        unevaluatedProperties: false,
      },
      { a: 1 },
      { a: 1, b: 1 },
    ],
    [
      "what only a failed branch has looked at",
      { anyOf: [{ oneOf: [{ properties: { a: {} } }, true] }, {}], unevaluatedProperties: { type: "string" } },
      { a: "x" },
      { a: 1 },
    ],
    [
      "items that nothing has looked at",
      { prefixItems: [{}], contains: { type: "string" }, unevaluatedItems: { type: "null" } },
      [1, "a", null],
      [1, "a", 2],
    ],
    ["escaped pointers", { $ref: "#/$defs/a~1b%25", $defs: { "a/b%": { type: "number" } } }, 1, "1"],
    [
      "the references of earlier drafts, beside which nothing counts",
      {
        $schema: "http://json-schema.org/draft-07/schema#",
        definitions: { n: { type: "number" } },
        properties: { a: { $ref: "#/definitions/n", minimum: 5 } },
      },
      { a: 1 },
      { a: "1" },
    ],
    ["exclusive bounds of draft 4", { minimum: 1, exclusiveMinimum: true }, 2, 1],
    ["lists of items of earlier drafts", { items: [{ type: "string" }], additionalItems: false }, ["a"], ["a", 1]],
    ["decimal steps that binary numbers miss", { multipleOf: 0.1 }, 0.3, 0.35],
    [
      "keys of objects that programs have too",
      { required: ["constructor"], properties: { __proto__: {} } },
      { constructor: 1 },
      {},
    ],
  ])("understands %s", (_, schema, good, bad) => {
    expect([check(schema, good).state, check(schema, bad).state]).toEqual(["fits", "differs"]);
  });

  test.each<[string, Schema]>([
    ["types that JSON does not have", { type: "float" }],
    ["formats", { format: "email" }],
    ["patterns that RE2 cannot read", { pattern: "(?=x)x", minLength: "2" }],
    ["keywords that are not as they should be", { required: "a", properties: [1], enum: 3, items: 4, anyOf: {} }],
  ])("takes no word from %s", (_, schema) => {
    for (const value of ["y", {}, [1], 3]) expect(check(schema, value)).toEqual({ state: "fits" });
  });

  test("does not refuse keys that a pattern might have named, where it cannot be read", () => {
    expect(check({ patternProperties: { "(?=x)x": {} }, additionalProperties: false }, { y: 1 }).state).toBe("fits");
  });
});

describe("a hostile schema or value ends in an answer", () => {
  const doubling = Object.fromEntries(
    Array.from({ length: 60 }, (_, n) => [
      `d${n}`,
      { allOf: [{ $ref: `#/$defs/d${n + 1}` }, { $ref: `#/$defs/d${n + 1}` }] },
    ]),
  );
  const tooMuch = `checking takes more than ${limits.schemaSteps} steps`;

  test.each<[string, Schema, () => JsonValue, string]>([
    ["a reference to itself", { $ref: "#" }, () => 1, "its references lead in a circle"],
    ["references that double", { $ref: "#/$defs/d0", $defs: { ...doubling, d60: {} } }, () => 1, tooMuch],
    ["a program of patterns", { pattern: "(a|b|ab){1,300}c" }, () => "ab".repeat(50_000), tooMuch],
    [
      "long values against many others",
      { enum: Array.from({ length: 900 }, (_, n) => ({ n })) },
      () => ({ a: "x".repeat(4e6) }),
      tooMuch,
    ],
  ])("%s: nobody can tell", (_, schema, value, why) => {
    expect(check(schema, value())).toEqual({ state: "unchecked", why });
  });

  test("a pattern that other engines take for ever for is answered", () => {
    expect(check({ pattern: "^(a+)+$" }, `${"a".repeat(100_000)}!`).state).toBe("differs");
  });

  test("many items are compared, each once", () => {
    expect(
      check(
        { uniqueItems: true },
        Array.from({ length: 200_000 }, (_, n) => n),
      ).state,
    ).toBe("fits");
  });

  test("of very many differences the first are told", () => {
    const finding = check({ items: { type: "string" } }, Array(500_000).fill(1));
    expect(finding.state === "differs" && finding.differences.length).toBe(limits.issues);
  });
});
