// expect warning default_refused 10:25
// expect warning default_refused 10:44
// expect function javascript.f
// expect inputs a, b, c
// expect input a {"type":"integer","enum":[1,2],"required":false}
// expect input b {"type":"string","nullable":true,"default":null}
// expect input c {"type":"object","properties":{"d":{"type":"string","required":true}},"required":false}
// expect output result {"type":"string","required":true}
// call {} => {"result":"x null 1"}
export function f({ a = "x", b = null, c = { d: 1 } }: { a?: 1 | 2; b?: string; c?: { d: string } }): string {
  return `${a} ${b} ${c.d}`;
}
