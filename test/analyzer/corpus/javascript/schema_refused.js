// expect error schema_keyword 19:12
// expect error schema_type 20:18
// expect error constraint_not_for_type 21:28
// expect error constraint_not_for_type 22:28
// expect error pattern_invalid 23:10
// expect error schema_keyword 24:28
// expect error default_refused 25:38
// expect error schema_keyword 26:28
// expect error schema_type 27:18
// expect error bounds_crossed 28:10
// expect error schema_keyword 28:36
// expect error schema_invalid 31:3
// expect warning unknown_type 34:17
// expect error unknown_input 34:24
export const schema = {
  inputs: {
    type: "object",
    properties: {
      a: { anyOf: [{ type: "string" }, { type: "number" }] },
      b: { type: "str" },
      c: { type: "string", minimum: 3 },
      d: { type: "number", exclusiveMinimum: 0 },
      e: { type: "string", pattern: "(?=x)" },
      f: { type: "string", minlength: 3 },
      g: { type: "integer", default: "x" },
      h: { type: "string", format: "colour" },
      i: { type: ["string", "number"] },
      j: { type: "array", items: { $ref: "#/x" }, minItems: 3, maxItems: 1 },
    },
  },
  ouputs: { type: "string" },
};

export function f({ a, k }) {
  return a;
}
