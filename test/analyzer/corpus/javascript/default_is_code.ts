// expect function javascript.f
// expect inputs a, b, c, d
// expect input a {"type":"float","required":false}
// expect input b {"type":"array","items":{"type":"float"},"default":[1,2]}
// expect input c {"type":"float","default":-1.5}
// expect input d {"type":"string","default":"text"}
// expect output result {"type":"float","required":true}
// call {} => {"result":24.5}
const base = 10;

export function f({ a = base * 2, b = [1, 2], c = -1.5, d = `text` }: { a?: number; b?: number[]; c?: number; d?: string }): number {
  return a + b.length + c + d.length;
}
