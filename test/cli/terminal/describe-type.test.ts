import { expect, test } from "vitest";
import { describeType } from "../../../src/cli/terminal/describe-type.ts";
import type { Field } from "../../../src/contract/template/field.ts";

const told: [string, Field][] = [
  ["string", { type: "string" }],
  ["string (email)", { type: "string", format: "email" }],
  ["string, at most 80 characters", { type: "string", max_length: 80 }],
  ['"fast" or "best"', { type: "string", enum: ["fast", "best"] }],
  ["1 or 2 or 3 or 4 or 2 more", { type: "integer", enum: [1, 2, 3, 4, 5, 6] }],
  ["integer, 1 to 10", { type: "integer", min: 1, max: 10 }],
  ["float, at least 0", { type: "float", min: 0 }],
  ["boolean or null", { type: "boolean", nullable: true }],
  ["any", { type: "any", nullable: true }],
  ["list", { type: "array" }],
  [
    "list of list of float, 2 items",
    { type: "array", items: { type: "array", items: { type: "float" } }, min_items: 2, max_items: 2 },
  ],
  ["object", { type: "object" }],
  [
    "object {x, y} or null",
    { type: "object", nullable: true, properties: { x: { type: "float" }, y: { type: "float" } } },
  ],
  ["file", { type: "file" }],
  ["file (npy, tif)", { type: "file", format: ["npy", "tif"] }],
];

test.each(told)("%s", (text, field) => {
  expect(describeType(field)).toBe(text);
});
