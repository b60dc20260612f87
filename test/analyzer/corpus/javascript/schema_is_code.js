// expect error schema_invalid 6:23
// expect warning unknown_type 8:17
// expect warning unknown_type 8:21
const text = { type: "string" };

export const schema = { inputs: { type: "object", properties: { text } } };

export function f({ text }) {
  return text;
}
