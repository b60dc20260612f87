import { expect, test } from "vitest";
import type { Field } from "../../../src/contract/template/field.ts";
import { inferType } from "../../../src/domain/expression/infer-type.ts";
import { parseExpression } from "../../../src/domain/expression/parse-expression.ts";
import { types } from "./arbitrary-expression.ts";

const more: Record<string, Field> = {
  ...types,
  item: {
    type: "object",
    properties: { mode: { type: "string", enum: ["a", "b"] }, when: { type: "string", nullable: true } },
    additional_properties: true,
  },
  picture: { type: "file" },
  unknown: { type: "any" },
};

function infer(text: string) {
  const read = parseExpression(text);
  if (!read.ok) throw new Error(read.failure.message);
  return inferType(read.value, more);
}

test.each<[string, Field]>([
  ["item.mode", { type: "string", enum: ["a", "b"] }],
  ["item.other", { type: "any" }],
  ["unknown.x[0].y + 1", { type: "any" }],
  ['"id: " + unknown', { type: "string" }],
  ["picture", { type: "file" }],
  ["size(unknown)", { type: "integer" }],
  ["1 + 2.5", { type: "float" }],
  ["workflow.input.yes ? 1 : 2.5", { type: "float", nullable: false }],
  ["workflow.input.yes ? 1 : null", { type: "integer", nullable: true }],
  ["workflow.input.yes ? 1 : 'a'", { type: "any" }],
  ["null", { type: "any" }],
  ["[1, 2]", { type: "array", items: { type: "integer" } }],
  ["[]", { type: "array", items: { type: "any" } }],
  ["workflow.input.ss.map(s, size(s))", { type: "array", items: { type: "integer" } }],
  ["workflow.input.ss.filter(s, s != 'a')", { type: "array", items: { type: "string" } }],
  ["item.map(key, key)", { type: "array", items: { type: "string" } }],
  [
    '{"a": 1, "b": workflow.input.s}',
    {
      type: "object",
      properties: { a: { type: "integer" }, b: { type: "string" } },
      required: ["a", "b"],
      additional_properties: false,
    },
  ],
  ["has(steps.b.outputs) ? steps.b.outputs.x : 0", { type: "any" }],
])("%s is of the type %j", (text, type) => {
  expect(infer(text)).toEqual({ type, issues: [] });
});

test.each([
  ["steps.a.outputs.weight", "no_such_field", 15, "steps.a.outputs has no weight; it has x, y", null],
  ["steps.a.outputs.y.zz", "no_such_field", 17, "steps.a.outputs.y has no zz; it has z", "did you mean z?"],
  ["workflow.input.s.length", "no_such_field", 16, "workflow.input.s is a string, which has no length", null],
  [
    "stepz.a",
    "unknown_root",
    0,
    "there is no stepz here; there is workflow, steps, item, picture, unknown",
    "did you mean steps?",
  ],
  ["siez(item)", "unknown_function", 0, "there is no function siez()", "did you mean size?"],
  ["contains('a', 'b')", "unknown_function", 0, "contains() is called in another way", "write x.contains(y)"],
  ["1 < 'a'", "type", 2, "< cannot compare an integer with a string", null],
  [
    "'n: ' + 1",
    "type",
    6,
    "+ wants two numbers, two strings or two arrays, not a string and an integer",
    "string(x) makes a text of a number",
  ],
  ["workflow.input.n ? 1 : 2", "type", 14, "? : wants what is true or false, not an integer", null],
  ["workflow.input.n && true", "type", 14, "&& wants what is true or false, not an integer", null],
  ["workflow.input.s[0]", "type", 16, "[…] looks into an array or an object, and workflow.input.s is a string", null],
  ["workflow.input.s.map(c, c)", "type", 16, "map() walks an array or an object, not a string", null],
  ["workflow.input.ns.filter(k, k + 1)", "type", 30, "filter() wants what is true or false, not an integer", null],
  [
    "workflow.input.ns.map(k, k + 'a')",
    "type",
    27,
    "+ wants two numbers, two strings or two arrays, not an integer and a string",
    "string(x) makes a text of a number",
  ],
  ["size(1)", "type", 0, "size() wants string or array or object, not an integer", null],
])("%s is wrong", (text, kind, at, message, suggestion) => {
  expect(infer(text).issues).toEqual([{ kind, severity: "error", message, suggestion, at }]);
});

test.each([
  ["workflow.input.n == 'a'", "an integer is never equal to a string"],
  ["'a' in workflow.input.ns", "a string is never in an array"],
  [
    "workflow.input.f / 2",
    "a float that is whole, like 2.0, arrives as the integer 2, and integers are divided without rest",
  ],
  ["{1: 'a'}", "a key is an integer; an object of JSON has strings only"],
])("%s is hardly meant", (text, message) => {
  expect(infer(text).issues).toMatchObject([{ kind: "type", severity: "warning", message }]);
});

test.each([
  "item.when == null",
  "null == 1",
  "picture == 'sha256:00'",
  "workflow.input.f / 2.0",
  "double(workflow.input.f) / 2",
  "unknown / 2",
  "item.when < 'b'",
])("%s is let through", (text) => {
  expect(infer(text).issues).toEqual([]);
});

test("names of prototypes are no roots and no fields", () => {
  expect(infer("constructor").issues).toMatchObject([{ kind: "unknown_root" }]);
  expect(infer("steps.a.outputs.constructor").issues).toMatchObject([{ kind: "no_such_field" }]);
  expect(infer("__proto__.x").issues).toMatchObject([{ kind: "unknown_root" }]);
});
