import { describe, expect, test } from "vitest";
import type { Field } from "../../../../src/contract/template/field.ts";
import { checkValue } from "../../../../src/domain/template/value/check-value.ts";

const file = `sha256:${"0a".repeat(32)}`;
const entity = "@123e4567-e89b-12d3-a456-426614174000";

/** Places and codes of what is found. */
function found(field: Field, value: unknown): string[] {
  return checkValue(field, value, "").map(({ path, code }) => `${path} ${code}`);
}

describe("a value that fits is accepted", () => {
  test.each<[Field, unknown]>([
    [{ type: "string" }, ""],
    [{ type: "string", min_length: 1, max_length: 1 }, "😀"],
    [{ type: "string", pattern: "b" }, "abc"],
    [{ type: "string", nullable: true }, null],
    [{ type: "integer" }, 1.0],
    [{ type: "integer" }, -0],
    [{ type: "integer", min: 1, max: 3 }, 3],
    [{ type: "integer" }, Number.MAX_SAFE_INTEGER],
    [{ type: "float" }, 3],
    [{ type: "float", multiple_of: 0.1 }, 0.3],
    [{ type: "float", multiple_of: 0.1 }, 1234567.8],
    [{ type: "float", multiple_of: 0.1 }, 1e13],
    [{ type: "float", precision: 7 }, 1e-7],
    [{ type: "float", precision: 0 }, 1e21],
    [{ type: "boolean" }, false],
    [{ type: "array" }, [1, "a", null, { b: [] }]],
    [{ type: "array", unique_items: true }, [1, "1", [1], { a: 1 }]],
    [{ type: "object" }, { anything: [1] }],
    [{ type: "object", properties: { a: { type: "integer", required: true, default: 1 } } }, {}],
    [{ type: "object", properties: {}, additional_properties: true }, { x: 1 }],
    [{ type: "any" }, null],
    [{ type: "any" }, "42"],
    [{ type: "any", nullable: false }, [1, { a: null }]],
    [{ type: "file" }, file],
    [{ type: "file" }, entity],
    [{ type: "file" }, `${entity}.images[0]["a b"].0`],
  ])("%j takes %j", (field, value) => {
    expect(found(field, value)).toEqual([]);
  });
});

describe("a value that does not fit is refused, and nothing is coerced", () => {
  test.each<[Field, unknown, string[]]>([
    [{ type: "integer" }, "42", [" wrong_type"]],
    [{ type: "integer" }, true, [" wrong_type"]],
    [{ type: "integer" }, 1.5, [" wrong_type"]],
    [{ type: "integer" }, 2 ** 53, [" integer_unsafe"]],
    [{ type: "integer" }, Number.NaN, [" not_json"]],
    [{ type: "integer", min: 2, multiple_of: 2 }, 1, [" below_min", " not_multiple"]],
    [{ type: "integer", max: 2, enum: [1, 2] }, 3, [" above_max", " not_in_enum"]],
    [{ type: "float" }, Number.POSITIVE_INFINITY, [" not_json"]],
    [{ type: "float" }, "1.5", [" wrong_type"]],
    [{ type: "float", precision: 2 }, 0.1 + 0.2, [" too_precise"]],
    [{ type: "float", precision: 6 }, 1e-7, [" too_precise"]],
    [{ type: "float", multiple_of: 0.1 }, 0.35, [" not_multiple"]],
    [{ type: "float", multiple_of: 1 }, 1e9 + 0.5, [" not_multiple"]],
    [{ type: "float", multiple_of: 1 }, 1e-12, [" not_multiple"]],
    [{ type: "boolean" }, 1, [" wrong_type"]],
    [{ type: "boolean" }, "true", [" wrong_type"]],
    [{ type: "string" }, 1, [" wrong_type"]],
    [{ type: "string" }, null, [" null_not_allowed"]],
    [{ type: "string" }, undefined, [" wrong_type"]],
    [{ type: "string", min_length: 2, pattern: "^b" }, "a", [" too_short", " pattern_mismatch"]],
    [{ type: "string", max_length: 1, format: "date" }, "😀😀", [" too_long", " format_mismatch"]],
    [{ type: "string", pattern: "(" }, "a", [" pattern_mismatch"]],
    [{ type: "array" }, { 0: 1 }, [" wrong_type"]],
    [{ type: "array", min_items: 2, items: { type: "integer" } }, ["1"], [" too_few_items", "/0 wrong_type"]],
    [{ type: "array", max_items: 1, unique_items: true }, [1, 1.0], [" too_many_items", "/1 duplicate_item"]],
    [
      { type: "array", unique_items: true },
      [
        { a: 1, b: 2 },
        { b: 2, a: 1 },
      ],
      ["/1 duplicate_item"],
    ],
    [{ type: "array" }, [[Number.NaN]], ["/0/0 not_json"]],
    [{ type: "object" }, [], [" wrong_type"]],
    [{ type: "object", properties: { a: { type: "integer", required: true } } }, {}, ["/a missing_property"]],
    [{ type: "object", required: ["x"] }, {}, ["/x missing_property"]],
    [
      { type: "object", properties: { a: { type: "integer" } } },
      { b: 1, a: null },
      ["/b unknown_property", "/a null_not_allowed"],
    ],
    [{ type: "object", properties: {} }, { toString: 1 }, ["/toString unknown_property"]],
    [
      { type: "object", properties: {} },
      JSON.parse('{"__proto__":1,"a/b~c":2}'),
      ["/__proto__ unknown_property", "/a~1b~0c unknown_property"],
    ],
    [{ type: "object", required: ["toString"] }, {}, ["/toString missing_property"]],
    [{ type: "file" }, 1, [" wrong_type"]],
    [{ type: "file" }, "cat.png", [" file_reference_invalid"]],
    [{ type: "file" }, file.toUpperCase(), [" file_reference_invalid"]],
    [{ type: "file" }, `@${entity}`, [" file_reference_invalid"]],
    [{ type: "file" }, `${file}\n`, [" file_reference_invalid"]],
  ])("%j refuses %j", (field, value, expected) => {
    expect(found(field, value)).toEqual(expected);
  });
});

test.each<[Field, unknown, string]>([
  [{ type: "integer" }, "42", "write 42 without quotes"],
  [{ type: "boolean" }, "yes", "write true or false, without quotes"],
  [{ type: "string" }, 42, 'write "42" in quotes'],
  [{ type: "string", enum: ["standard", "draft"] }, "standart", 'did you mean "standard"?'],
  [{ type: "object", properties: { width: { type: "integer" } } }, { widt: 1 }, "did you mean width?"],
  [{ type: "integer", multiple_of: 8 }, 13, "nearest is 16"],
  [{ type: "float", precision: 1 }, 0.25, "write 0.3"],
])("for %j, %j comes with the advice: %s", (field, value, suggestion) => {
  expect(checkValue(field, value, "/x")).toMatchObject([{ severity: "error", suggestion, line: null, column: null }]);
});

test("what JSON cannot carry is refused where anything else is let through", () => {
  expect(found({ type: "any" }, [Number.NaN])).toEqual(["/0 not_json"]);
  expect(found({ type: "object" }, { a: 1n, b: undefined, c: () => 1 })).toEqual([
    "/a not_json",
    "/b not_json",
    "/c not_json",
  ]);
});

test("a value nested too deep is refused where it gets too deep, cyclic ones included", () => {
  const cyclic: unknown[] = [];
  cyclic.push(cyclic);
  const [issue, ...others] = checkValue({ type: "array" }, cyclic, "/x");
  expect(issue).toMatchObject({ code: "too_deep", path: `/x${"/0".repeat(33)}` });
  expect(others).toEqual([]);
});

test("no more issues are kept than an answer carries", () => {
  const items = Array.from({ length: 100_000 }, () => "x");
  expect(checkValue({ type: "array", items: { type: "integer" } }, items, "")).toHaveLength(200);
});
