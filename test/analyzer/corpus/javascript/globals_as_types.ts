// expect function javascript.f
// expect inputs name
// expect input name {"type":"string","required":true}
// expect output result {"type":"string","required":true}
// call {"name":"n"} => {"result":"n null null"}
type Fetch = typeof fetch;
type Maker = Function | typeof eval;

export function f({ name }: { name: string }): string {
  const made: Maker | null = null;
  const asked = null as Fetch | null;
  return `${name} ${made} ${asked}`;
}
