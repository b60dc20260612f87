// expect warning required_unknown_property 8:46
// expect function javascript.f
// expect inputs a
// expect input a {"type":"object","properties":{"b":{"type":"string","required":true}},"default":{"b":"x"}}
// expect output result {"type":"string","required":true}
// call {} => {"result":"x"}
export const schema = {
  inputs: { type: "object", properties: { a: { type: "object", properties: { b: { type: "string" } }, required: ["b", "c"] } } },
  outputs: { type: "string" },
};

export function f({ a = { b: "x" } }) {
  return a.b;
}
