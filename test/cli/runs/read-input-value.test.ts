import { describe, expect, test } from "vitest";
import { LocalContent } from "../../../src/cli/runs/local-content.ts";
import { LocalFile } from "../../../src/cli/runs/local-file.ts";
import { readInputValue } from "../../../src/cli/runs/read-input-value.ts";
import type { Field } from "../../../src/contract/template/field.ts";

const id = "0199b2c4-8d6e-7c3a-9f10-2a6b1c0d4e5f";
const digest = `sha256:${"ab".repeat(32)}`;
const read = (field: Field, ...texts: string[]) => readInputValue(field, texts, "/here");

describe("an input on the command line", () => {
  test.each<[Field, string, unknown]>([
    [{ type: "string" }, "a=b, and more", "a=b, and more"],
    [{ type: "string" }, "", ""],
    [{ type: "string" }, "42", "42"],
    [{ type: "string" }, "null", "null"],
    [{ type: "string", nullable: true }, "null", null],
    [{ type: "integer" }, "256", 256],
    [{ type: "integer" }, "-3", -3],
    [{ type: "float" }, ".5", 0.5],
    [{ type: "float" }, "1e-3", 0.001],
    [{ type: "boolean" }, "false", false],
    [{ type: "file" }, digest, digest],
    [{ type: "file" }, "@photo.png", new LocalFile("/here/photo.png")],
    [{ type: "file" }, `@./${id}`, new LocalFile(`/here/${id}`)],
    [{ type: "object" }, '{"a": [1, null]}', { a: [1, null] }],
    [{ type: "any" }, '{"a": [1, null]}', { a: [1, null] }],
    [{ type: "any" }, "null", null],
    [{ type: "any" }, "plain words", "plain words"],
    [{ type: "array" }, '["a", 1]', ["a", 1]],
    [{ type: "array", items: { type: "integer" } }, "7", [7]],
    [{ type: "array", items: { type: "file" } }, "@a.png", [new LocalFile("/here/a.png")]],
    [{ type: "array", items: { type: "file" } }, '["@a.png"]', [new LocalFile("/here/a.png")]],
    [{ type: "string" }, "@spec.md", new LocalContent("/here/spec.md", "text")],
    [{ type: "string" }, "@values.json", new LocalContent("/here/values.json", "text")],
    [{ type: "any" }, "@/there/notes", new LocalContent("/there/notes", "text")],
    [{ type: "any" }, "@values.json", new LocalContent("/here/values.json", "value")],
    [{ type: "object" }, "@values", new LocalContent("/here/values", "value")],
    [{ type: "array", items: { type: "string" } }, "@people.yaml", new LocalContent("/here/people.yaml", "value")],
    [{ type: "array", items: { type: "string" } }, "@a.txt", [new LocalContent("/here/a.txt", "text")]],
    [{ type: "array", items: { type: "file" } }, "@a.json", [new LocalFile("/here/a.json")]],
    [
      { type: "object", properties: { mask: { type: "file" }, name: { type: "string" } } },
      '{"mask": "@m.png", "name": "@@me"}',
      { mask: new LocalFile("/here/m.png"), name: "@@me" },
    ],
  ])("of type %j said as %j is read as such", (field, text, value) => {
    expect(read(field, text)).toEqual({ ok: true, value });
  });

  test.each<Field>([{ type: "string" }, { type: "integer" }, { type: "boolean" }, { type: "file" }, { type: "array" }])(
    "of type $type can be a reference to an entity's value, which the registry reads",
    (field) => {
      for (const text of [`@${id}`, `@${id}.image`, `@${id}[0]["a b"]`, "@@plain"]) {
        expect(read(field, text)).toEqual({ ok: true, value: text });
      }
    },
  );

  test.each<[Field, string, string]>([
    [{ type: "integer" }, "2.5", "“2.5” is no whole number"],
    [{ type: "integer" }, "99999999999999999999", "is no whole number"],
    [{ type: "integer" }, "", "is no whole number"],
    [{ type: "float" }, "0x10", "is no number"],
    [{ type: "float" }, "Infinity", "is no number"],
    [{ type: "boolean" }, "yes", "neither true nor false"],
    [{ type: "file" }, "photo.png", "did you mean @photo.png?"],
    [{ type: "file" }, "@", "a file is @path"],
    [{ type: "string" }, "@", "@@ for text that begins with @"],
    [{ type: "integer" }, "@home", "is no whole number"],
    [{ type: "object" }, "{", 'a JSON object, like {"key": 1}'],
    [{ type: "array", items: { type: "integer" } }, "a,b", "is no whole number"],
  ])("of type %j said as %j is refused with what to write", (field, text, message) => {
    expect(read(field, text)).toEqual({ ok: false, failure: expect.stringContaining(message) });
  });

  test("said several times is a list, where the input is one", () => {
    expect(read({ type: "array", items: { type: "integer" } }, "1", "2")).toEqual({ ok: true, value: [1, 2] });
    expect(read({ type: "array" }, "1", "b")).toEqual({ ok: true, value: [1, "b"] });
    expect(read({ type: "integer" }, "1", "2")).toEqual({
      ok: false,
      failure: expect.stringContaining("said 2 times"),
    });
  });
});
