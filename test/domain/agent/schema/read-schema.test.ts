import fc from "fast-check";
import { expect, test } from "vitest";
import { limits } from "../../../../src/contract/limits.ts";
import { checkJsonSchema } from "../../../../src/domain/agent/schema/check-json-schema.ts";
import { readSchema } from "../../../../src/domain/agent/schema/read-schema.ts";
import type { Schema } from "./a-schema.ts";

function nested(levels: number): Schema {
  return levels === 0 ? {} : { not: nested(levels - 1) };
}

test.each<[string, Schema, string]>([
  [
    "another host",
    { items: { $ref: "https://evil.test/x.json" } },
    'its $ref "https://evil.test/x.json" lies outside of it, and nothing is fetched: write what it means under $defs',
  ],
  ["a file beside it", { $ref: "other.json#/a" }, "lies outside of it"],
  ["nothing", { $ref: "#/$defs/none" }, 'its $ref "#/$defs/none" leads nowhere in it'],
  ["a value that is no schema", { $ref: "#/title", title: "x" }, "leads nowhere in it"],
  ["a broken escape", { $ref: "#/%zz" }, "leads nowhere in it"],
  [
    "one of several, as the way there has it",
    { $defs: { a: { $dynamicAnchor: "n" }, b: { $dynamicAnchor: "n" } }, $dynamicRef: "#n" },
    'its $dynamicRef "#n" may mean several schemas: use $ref',
  ],
])("a reference to %s is refused", (_, schema, why) => {
  const read = readSchema(schema);
  expect(read.ok ? "" : read.failure).toContain(why);
});

test("what looks like a reference among values is none", () => {
  expect(readSchema({ enum: [{ $ref: "https://evil.test" }], default: { $ref: "#/none" } }).ok).toBe(true);
});

test("what is nested too deep, or has too many schemas, is refused", () => {
  expect(readSchema(nested(limits.documentDepth - 1)).ok).toBe(true);
  expect(readSchema(nested(5000))).toMatchObject({ ok: false });
  const many = Object.fromEntries(Array.from({ length: limits.documentNodes }, (_, n) => [`k${n}`, {}]));
  expect(readSchema({ properties: many })).toMatchObject({ ok: false });
});

test("whatever JSON is given for a schema, there is an answer", () => {
  const words = "$ref $id $anchor $defs $dynamicRef type enum properties items allOf not # #/a pattern required".split(
    " ",
  );
  const json = fc.jsonValue({ maxDepth: 6 });
  const schema = fc.dictionary(
    fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 4 })),
    fc.oneof(json, fc.constantFrom(...words)),
  );
  fc.assert(
    fc.property(schema, json, (given, value) => {
      const read = readSchema({ ...given, allOf: [given] });
      if (read.ok) checkJsonSchema(read.value, JSON.parse(JSON.stringify(value)));
    }),
    { numRuns: 2000 },
  );
});
