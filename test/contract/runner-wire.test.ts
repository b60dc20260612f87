import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { wireSchema, wireSchemaPath } from "../../scripts/wire-schema.ts";

test("the runner's schema of the wire says what the contract says", () => {
  // When it does not: `node scripts/wire-schema.ts`, then `python runner/make_wire.py`.
  expect(readFileSync(wireSchemaPath, "utf8")).toBe(wireSchema());
});

test("every message that a pool sends is told apart by its type", () => {
  const schema = JSON.parse(wireSchema());
  const types = schema.$defs.ToRunner.oneOf.map((one: { $ref: string }) => {
    const name = one.$ref.replace("#/$defs/", "");
    return schema.$defs[name].properties.type.const;
  });
  expect(new Set(types).size).toBe(types.length);
  expect(types).toContain("job");
});
