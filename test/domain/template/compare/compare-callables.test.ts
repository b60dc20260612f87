import { describe, expect, test } from "vitest";
import type { Field } from "../../../../src/contract/template/field.ts";
import { compareCallables } from "../../../../src/domain/template/compare/compare-callables.ts";
import { aTemplate } from "../a-template.ts";

type Case = [from: Field | null, to: Field | null, bump: string, changes: string[]];

function changesOf(side: "inputs" | "outputs", from: Field | null, to: Field | null) {
  const { changes, bump } = compareCallables(
    aTemplate({ [side]: from === null ? {} : { x: from } }),
    aTemplate({ [side]: to === null ? {} : { x: to } }),
  );
  return {
    bump,
    changes: changes.map(({ code, path }) => `${code} ${path.replace(`/template/interface/${side}`, "")}`),
  };
}

describe("inputs", () => {
  const options = (properties: Record<string, Field>, more: object = {}): Field => ({
    type: "object",
    properties,
    ...more,
  });
  test.each<Case>([
    [{ type: "string" }, null, "major", ["input_removed /x"]],
    [null, { type: "string" }, "minor", ["input_added /x"]],
    [null, { type: "string", required: true }, "major", ["required_input_added /x"]],
    [null, { type: "string", required: true, default: "a" }, "minor", ["input_added /x"]],
    [{ type: "integer" }, { type: "float" }, "major", ["type_changed /x/type"]],
    [{ type: "integer" }, { type: "any" }, "minor", ["type_changed /x/type"]],
    [{ type: "any" }, { type: "integer" }, "major", ["type_changed /x/type"]],
    [
      { type: "integer" },
      { type: "any", required: true },
      "major",
      ["made_required /x/required", "type_changed /x/type"],
    ],
    [{ type: "any" }, { type: "any", nullable: true }, "patch", ["restated /x"]],
    [{ type: "array" }, { type: "array", items: { type: "any" } }, "patch", ["restated /x"]],
    [{ type: "string" }, { type: "string", required: true }, "major", ["made_required /x/required"]],
    [{ type: "string", required: true }, { type: "string" }, "minor", ["made_optional /x/required"]],
    [
      { type: "string", required: true, default: "a" },
      { type: "string", required: true },
      "major",
      ["default_removed /x/default"],
    ],
    [
      { type: "string", required: true },
      { type: "string", required: true, default: "a" },
      "minor",
      ["default_added /x/default"],
    ],
    [{ type: "string", default: "a" }, { type: "string", default: "b" }, "minor", ["default_changed /x/default"]],
    [{ type: "string", nullable: true }, { type: "string" }, "major", ["nullable_removed /x/nullable"]],
    [{ type: "string" }, { type: "string", nullable: true }, "minor", ["nullable_added /x/nullable"]],
    [{ type: "string", enum: ["a", "b"] }, { type: "string", enum: ["a"] }, "major", ["enum_narrowed /x/enum"]],
    [{ type: "string", enum: ["a"] }, { type: "string", enum: ["b", "a"] }, "minor", ["enum_widened /x/enum"]],
    [{ type: "string", enum: ["a"] }, { type: "string", enum: ["b"] }, "major", ["enum_changed /x/enum"]],
    [{ type: "string", enum: ["a", "b"] }, { type: "string", enum: ["b", "a"] }, "patch", ["restated /x"]],
    [{ type: "string" }, { type: "string", enum: ["a"] }, "major", ["enum_added /x/enum"]],
    [
      { type: "integer", enum: [1, 4] },
      { type: "integer", min: 1, max: 4 },
      "minor",
      ["min_added /x/min", "max_added /x/max", "enum_removed /x/enum"],
    ],
    [
      { type: "integer", enum: [1, 5] },
      { type: "integer", max: 4 },
      "major",
      ["max_added /x/max", "enum_removed /x/enum"],
    ],
    [{ type: "integer", min: 1 }, { type: "integer", min: 2 }, "major", ["min_tightened /x/min"]],
    [{ type: "integer", min: 1 }, { type: "integer" }, "minor", ["min_removed /x/min"]],
    [{ type: "float", max: 2 }, { type: "float", max: 1.5 }, "major", ["max_tightened /x/max"]],
    [{ type: "float", max: 2 }, { type: "float", max: 3 }, "minor", ["max_loosened /x/max"]],
    [{ type: "float" }, { type: "float", precision: 2 }, "major", ["precision_added /x/precision"]],
    [
      { type: "integer", multiple_of: 8 },
      { type: "integer", multiple_of: 4 },
      "minor",
      ["multiple_of_loosened /x/multiple_of"],
    ],
    [
      { type: "integer", multiple_of: 4 },
      { type: "integer", multiple_of: 8 },
      "major",
      ["multiple_of_tightened /x/multiple_of"],
    ],
    [
      { type: "integer", multiple_of: 4 },
      { type: "integer", multiple_of: 6 },
      "major",
      ["multiple_of_changed /x/multiple_of"],
    ],
    [{ type: "string" }, { type: "string", min_length: 0 }, "patch", ["restated /x"]],
    [{ type: "string" }, { type: "string", min_length: 1 }, "major", ["min_length_added /x/min_length"]],
    [
      { type: "string", max_length: 9 },
      { type: "string", max_length: 8 },
      "major",
      ["max_length_tightened /x/max_length"],
    ],
    [{ type: "string" }, { type: "string", pattern: "a" }, "major", ["pattern_added /x/pattern"]],
    [{ type: "string", pattern: "a" }, { type: "string", pattern: "b" }, "major", ["pattern_changed /x/pattern"]],
    [{ type: "string", pattern: "a" }, { type: "string" }, "minor", ["pattern_removed /x/pattern"]],
    [{ type: "string", format: "uri" }, { type: "string", format: "email" }, "major", ["format_changed /x/format"]],
    [{ type: "array" }, { type: "array", items: { type: "string" } }, "major", ["items_added /x/items"]],
    [
      { type: "array", items: { type: "integer", max: 2 } },
      { type: "array", items: { type: "integer", max: 1 } },
      "major",
      ["max_tightened /x/items/max"],
    ],
    [{ type: "array" }, { type: "array", unique_items: true }, "major", ["unique_items_added /x/unique_items"]],
    [{ type: "array" }, { type: "array", max_items: 3 }, "major", ["max_items_added /x/max_items"]],
    [{ type: "array", min_items: 2 }, { type: "array", min_items: 1 }, "minor", ["min_items_loosened /x/min_items"]],
    [{ type: "file" }, { type: "file", max_size: 10 }, "major", ["max_size_added /x/max_size"]],
    [
      { type: "file", format: ["png", "jpg"] },
      { type: "file", format: ["png"] },
      "major",
      ["format_narrowed /x/format"],
    ],
    [
      { type: "file", mime_types: ["image/png"] },
      { type: "file", mime_types: ["image/*"] },
      "minor",
      ["mime_types_widened /x/mime_types"],
    ],
    [
      { type: "file", mime_types: ["image/*"] },
      { type: "file", mime_types: ["image/png"] },
      "major",
      ["mime_types_narrowed /x/mime_types"],
    ],
    [options({ a: { type: "string" } }), options({}), "major", ["property_removed /x/properties/a"]],
    [options({}), options({ a: { type: "string" } }), "minor", ["property_added /x/properties/a"]],
    [
      options({}),
      options({ a: { type: "string", required: true } }),
      "major",
      ["required_property_added /x/properties/a"],
    ],
    [
      options({}, { additional_properties: true }),
      options({ a: { type: "string" } }, { additional_properties: true }),
      "major",
      ["property_declared /x/properties/a"],
    ],
    [
      options({ a: { type: "string" } }),
      options({ a: { type: "string" } }, { required: ["a"] }),
      "major",
      ["made_required /x/properties/a/required"],
    ],
    [
      options({ a: { type: "string", required: true } }),
      options({ a: { type: "string" } }, { required: ["a"] }),
      "patch",
      ["restated /x/properties/a"],
    ],
    [{ type: "object" }, options({}), "major", ["additional_properties_closed /x/additional_properties"]],
    [
      options({}),
      options({}, { additional_properties: true }),
      "minor",
      ["additional_properties_opened /x/additional_properties"],
    ],
    [{ type: "object" }, { type: "object", required: ["k"] }, "major", ["made_required /x/required"]],
    [{ type: "string" }, { type: "string", description: "Words" }, "patch", ["description_changed /x/description"]],
    [{ type: "string" }, { type: "string", nullable: false }, "patch", ["restated /x"]],
  ])("from %j to %j is %s", (from, to, bump, changes) => {
    expect(changesOf("inputs", from, to)).toEqual({ bump, changes });
  });
});

describe("outputs", () => {
  test.each<Case>([
    [{ type: "string" }, null, "major", ["output_removed /x"]],
    [null, { type: "string", required: true }, "minor", ["output_added /x"]],
    [{ type: "integer" }, { type: "any" }, "major", ["type_changed /x/type"]],
    [{ type: "any" }, { type: "integer" }, "minor", ["type_changed /x/type"]],
    [{ type: "integer" }, { type: "float" }, "major", ["type_changed /x/type"]],
    [{ type: "string", required: true }, { type: "string" }, "major", ["made_optional /x/required"]],
    [{ type: "string" }, { type: "string", required: true }, "minor", ["made_required /x/required"]],
    [{ type: "string" }, { type: "string", nullable: true }, "major", ["nullable_added /x/nullable"]],
    [{ type: "string", nullable: true }, { type: "string" }, "patch", ["nullable_removed /x/nullable"]],
    [{ type: "string", enum: ["a"] }, { type: "string", enum: ["a", "b"] }, "minor", ["enum_widened /x/enum"]],
    [{ type: "integer" }, { type: "integer", max: 3 }, "patch", ["max_added /x/max"]],
    [{ type: "array", items: { type: "string" } }, { type: "array" }, "major", ["items_removed /x/items"]],
    [
      { type: "object", properties: { a: { type: "string" } } },
      { type: "object", properties: {} },
      "major",
      ["property_removed /x/properties/a"],
    ],
    [
      { type: "object", properties: {} },
      { type: "object", properties: { a: { type: "string" } } },
      "minor",
      ["property_added /x/properties/a"],
    ],
  ])("from %j to %j is %s", (from, to, bump, changes) => {
    expect(changesOf("outputs", from, to)).toEqual({ bump, changes });
  });
});

test("an input that is gone while one of the same shape is new was renamed, which is told once", () => {
  const from = aTemplate({ inputs: { text: { type: "string", max_length: 9, description: "Old" } } });
  const to = aTemplate({ inputs: { prompt: { type: "string", max_length: 9, description: "New" } } });
  expect(compareCallables(from, to)).toMatchObject({
    bump: "major",
    changes: [{ code: "input_renamed", path: "/template/interface/inputs/text", from: "text", to: "prompt" }],
  });
});

test.each<[object, object, string]>([
  [{}, { name: "Sharper" }, "name_changed /template/name"],
  [{}, { description: "Words" }, "description_added /template/description"],
  [{ tags: ["a"] }, { tags: ["b"] }, "tags_changed /template/tags"],
  [{ stages: [{ name: "a", weight: 1 }] }, {}, "stages_removed /template/stages"],
  [
    {},
    { requirements: { resources: { gpu: false, cpu_cores: 4, memory_gb: 2 } } },
    "resources_changed /template/requirements/resources/cpu_cores",
  ],
  [
    {
      requirements: {
        resources: { gpu: false, cpu_cores: 1, memory_gb: 2 },
        quality_presets: { constructor: { a: 1 } },
      },
    },
    { requirements: { resources: { gpu: false, cpu_cores: 1, memory_gb: 2 }, quality_presets: {} } },
    "quality_presets_removed /template/requirements/quality_presets/constructor",
  ],
])("outside the interface, from %j to %j is a patch", (from, to, expected) => {
  const { changes, bump } = compareCallables(aTemplate(from), aTemplate(to));
  expect([bump, changes.map(({ code, path }) => `${code} ${path}`)]).toEqual(["patch", [expected]]);
});

test("a new version of the same content has no changes, in whatever order its keys are written", () => {
  const from = aTemplate({ inputs: { a: { type: "string" }, b: { type: "integer" } } });
  const to = aTemplate({ version: "1.0.1", inputs: { b: { type: "integer" }, a: { type: "string" } } });
  expect(compareCallables(from, to)).toEqual({ changes: [], bump: "none" });
});

test("becoming abstract is breaking, becoming concrete is minor", () => {
  const abstract = { id: "sharpen", version: "1.0.0", name: "Sharpen", abstract: true as const };
  const concrete = aTemplate({ requirements: { resources: { gpu: false, cpu_cores: 1, memory_gb: 2 } } });
  expect(compareCallables(concrete, abstract)).toMatchObject({
    bump: "major",
    changes: [{ code: "made_abstract" }, {}],
  });
  expect(compareCallables(abstract, concrete)).toMatchObject({
    bump: "minor",
    changes: [{ code: "made_concrete" }, {}],
  });
});

test("the most severe changes come first, and each message names what changed", () => {
  const from = aTemplate({ inputs: { a: { type: "integer", max: 9 }, b: { type: "string" } } });
  const to = aTemplate({
    name: "New",
    inputs: { a: { type: "integer", max: 5 }, b: { type: "string" }, c: { type: "boolean" } },
  });
  const { changes } = compareCallables(from, to);
  expect(changes.map(({ level }) => level)).toEqual(["breaking", "minor", "patch"]);
  expect(changes[0]).toMatchObject({ message: "input a: max tightened from 9 to 5", from: 9, to: 5 });
});
