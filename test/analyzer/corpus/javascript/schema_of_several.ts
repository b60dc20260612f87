// expect function javascript.first
// expect inputs a
// expect input a {"type":"string","required":true}
// expect output result {"type":"string","required":true}
// expect function javascript.second
// expect inputs b
// expect input b {"type":"float","required":true}
// expect output result {"type":"array","items":{"type":"integer"},"required":true}
// call first {"a":"x"} => {"result":"x"}
// call second {"b":1} => {"result":[1]}
export const schema = {
  first: { inputs: { type: "object", properties: { a: { type: "string" } }, required: ["a"] } },
  second: { outputs: { type: "array", items: { type: "integer" } } },
} as const;

export function first({ a }: any): string {
  return a;
}

export function second({ b }: { b: number }) {
  return [b];
}
