// expect warning unused_export 8:14
// expect warning unused_export 9:12
// expect function javascript.f
// expect inputs a
// expect input a {"type":"string","required":true}
// expect output result {"type":"string","required":true}
// call {"a":"x"} => {"result":"x31"}
export const helper = 3;
export let table = { a: 1 };

export function f({ a }: { a: string }): string {
  return a + helper + table.a;
}
