// expect warning constraint_refused 13:7
// expect warning constraint_refused 15:7
// expect warning constraint_refused 17:7
// expect warning constraint_refused 19:7
// expect function javascript.f
// expect inputs a, b, c, d
// expect input a {"type":"float","required":true}
// expect input b {"type":"float","required":true}
// expect input c {"type":"string","required":true}
// expect input d {"type":"string","required":true}
// expect output result {"type":"float","required":true}
interface Inputs {
  /** @minimum low */
  a: number;
  /** @minLength 2 */
  b: number;
  /** @pattern (?=x) */
  c: string;
  /** @format colour */
  d: string;
}

export function f({ a }: Inputs): number {
  return a;
}
