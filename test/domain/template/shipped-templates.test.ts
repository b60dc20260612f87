import { describe, expect, test } from "vitest";
import { concreteTemplate, example, execution, stage, type Template } from "../../../src/contract/template/document.ts";
import { type Field, field, fieldType } from "../../../src/contract/template/field.ts";
import { model, qualityPreset, resources } from "../../../src/contract/template/requirements.ts";
import { checkInputs } from "../../../src/domain/template/value/check-inputs.ts";
import { checkShipped } from "./check-shipped.ts";

const shipped = checkShipped();
const files = [...shipped.keys()].map((name) => `${name}.yaml`).sort();

describe("the templates that ship", () => {
  test.each(files)("%s checks without an error or a warning", (file) => {
    expect(shipped.get(nameOf(file))?.issues).toEqual([]);
    expect(shipped.get(nameOf(file))?.template).not.toBeNull();
  });

  test.each(files)("%s is named for its id", (file) => {
    expect(shipped.get(nameOf(file))?.template?.id).toBe(nameOf(file));
  });

  test.each(files)("%s describes itself and each of its fields", (file) => {
    const undescribed = fieldsOf(shipped.get(nameOf(file))?.template)
      .filter((one) => one.field.description === undefined)
      .map((one) => one.path);
    expect(undescribed).toEqual([]);
    expect(shipped.get(nameOf(file))?.template?.description).toBeDefined();
  });

  const examples = files.flatMap((file) => {
    const template = shipped.get(nameOf(file))?.template;
    return template?.abstract === true ? [] : (template?.examples ?? []).map((one) => ({ file, name: one.name, one }));
  });

  test.each(examples)("$file: a run accepts the example $name", ({ file, one }) => {
    const template = concreteTemplate.parse(shipped.get(nameOf(file))?.template);
    expect(checkInputs(template.interface, one.inputs).issues).toEqual([]);
  });

  test("each one that can run shows an example", () => {
    const withExample = new Set(examples.map((one) => one.file));
    const runnable = files.filter((file) => shipped.get(nameOf(file))?.template?.abstract !== true);
    expect(runnable.filter((file) => !withExample.has(file))).toEqual([]);
  });
});

describe("together they show all of the language", () => {
  const templates = [...shipped.values()].flatMap((one) => (one.template === null ? [] : [one.template]));
  const fields = templates.flatMap((template) => fieldsOf(template).map((one) => one.field));

  // Keys that every type has say the same on each, so one use of them anywhere is enough.
  const keysOf = new Map(field.options.map((option) => [option.shape.type.value, Object.keys(option.shape)]));
  const everywhere = ["type", "description", "required", "default", "nullable"];

  test("the contract's types are those that the schemas tell apart", () => {
    expect([...keysOf.keys()].sort()).toEqual([...fieldType.options, "any"].sort());
  });

  test.each(everywhere)("the key %s is used", (key) => {
    expect(fields.some((one) => key in one)).toBe(true);
  });

  const authored = [...keysOf].filter(([type]) => type !== "any");
  const pairs = authored.flatMap(([type, keys]) =>
    ["type", ...keys.filter((key) => !everywhere.includes(key))].map((key) => ({ type, key })),
  );
  test.each(pairs)("a field of type $type uses $key", ({ type, key }) => {
    expect(fields.some((one) => one.type === type && key in one)).toBe(true);
  });

  test("an object lists what it requires, and arrays hold arrays and objects", () => {
    const objects = fields.filter((one) => one.type === "object");
    expect(objects.some((one) => Array.isArray(one.required))).toBe(true);
    expect(fields.some((one) => one.type === "array" && one.items?.type === "array")).toBe(true);
    expect(fields.some((one) => one.type === "array" && one.items?.type === "object")).toBe(true);
  });

  const parts = [
    { part: "template", keys: Object.keys(concreteTemplate.shape), used: templates },
    { part: "execution", keys: Object.keys(execution.shape), used: templates.map((one) => one.execution) },
    {
      part: "resources",
      keys: Object.keys(resources.shape),
      used: templates.map((one) => one.requirements?.resources),
    },
    { part: "model", keys: Object.keys(model.shape), used: templates.flatMap((one) => one.requirements?.models ?? []) },
    {
      part: "preset",
      keys: Object.keys(qualityPreset.shape),
      used: templates.flatMap((one) => Object.values(one.requirements?.quality_presets ?? {})),
    },
    { part: "stage", keys: Object.keys(stage.shape), used: templates.flatMap((one) => one.stages ?? []) },
    { part: "example", keys: Object.keys(example.shape), used: templates.flatMap((one) => one.examples ?? []) },
  ];
  test.each(parts)("every key of a $part is used", ({ keys, used }) => {
    const seen = new Set(used.flatMap((one) => Object.keys(one ?? {})));
    expect(keys.filter((key) => !seen.has(key))).toEqual([]);
  });

  test("a child takes away what it inherits, and a chain has three documents", () => {
    const inpainting = concreteTemplate.parse(shipped.get("inpainting")?.template);
    expect(Object.keys(inpainting.interface.inputs)).toContain("prompt");
    expect(Object.keys(inpainting.interface.inputs)).not.toContain("width");
    expect(Object.keys(inpainting.interface.outputs)).not.toContain("images");
  });
});

function fieldsOf(template: Template | null | undefined): { path: string; field: Field }[] {
  const roots = { ...template?.interface?.inputs, ...template?.interface?.outputs };
  return Object.entries(roots).flatMap(([name, one]) => withNested(name, one));
}

function withNested(path: string, one: Field): { path: string; field: Field }[] {
  const items = one.type === "array" && one.items !== undefined ? withNested(`${path}[]`, one.items) : [];
  const properties = one.type === "object" ? Object.entries(one.properties ?? {}) : [];
  return [
    { path, field: one },
    ...items,
    ...properties.flatMap(([key, property]) => withNested(`${path}.${key}`, property)),
  ];
}

function nameOf(file: string): string {
  return file.slice(0, -".yaml".length);
}
