import { expect, it } from "vitest";
import type { Outputs } from "../../../../src/contract/template/document.ts";
import { checkOutputs } from "../../../../src/domain/template/value/check-outputs.ts";

const file = `sha256:${"a".repeat(64)}`;
const declared: Outputs = {
  text: { type: "string" },
  score: { type: "float", nullable: true },
  note: { type: "string", required: false },
  images: {
    type: "array",
    items: { type: "object", properties: { file: { type: "file" }, width: { type: "integer" } } },
  },
};
const good = { text: "a", score: 0.5, images: [{ file, width: 3 }] };

it.each([
  ["all that is declared", { ...good, note: "n" }],
  ["what is nullable as null", { ...good, score: null }],
  ["without what is nullable or not required", { text: "a", images: [] }],
])("accepts %s", (_, outputs) => {
  expect(checkOutputs(declared, [outputs, outputs])).toEqual({ issues: [], issueCount: 0 });
});

it.each([
  ["an output that is missing", { score: 1, images: [] }, "/1/text", "missing_output"],
  ["an output that is not declared", { ...good, txt: "a" }, "/1/txt", "unknown_output"],
  ["a value of another type", { ...good, text: 7 }, "/1/text", "wrong_type"],
  ["null where it is not allowed", { ...good, text: null }, "/1/text", "null_not_allowed"],
  [
    "a wrong value deep inside",
    {
      ...good,
      images: [
        { file, width: 3 },
        { file, width: "3" },
      ],
    },
    "/1/images/1/width",
    "wrong_type",
  ],
  [
    "a file that is no digest",
    { ...good, images: [{ file: "cat.png" }] },
    "/1/images/0/file",
    "file_reference_invalid",
  ],
  ["a prototype's name", { ...good, constructor: "x" }, "/1/constructor", "unknown_output"],
])("refuses %s, and says where", (_, outputs, path, code) => {
  const { issues, issueCount } = checkOutputs(declared, [good, outputs]);
  expect(issues).toMatchObject([{ path, code }]);
  expect(issueCount).toBe(1);
});

it("does not take the default of a field for an output that is missing", () => {
  const { issues } = checkOutputs({ text: { type: "string", default: "a" } }, [{}]);
  expect(issues).toMatchObject([{ path: "/0/text", code: "missing_output" }]);
});

it("reports everything at once, and suggests what was meant", () => {
  const { issues } = checkOutputs({ result: { type: "string" } }, [{ resutl: "a" }, { result: 1 }]);
  expect(issues.map(({ path, suggestion }) => [path, suggestion])).toEqual([
    ["/0/result", null],
    ["/0/resutl", "did you mean result?"],
    ["/1/result", 'write "1" in quotes'],
  ]);
});
