// expect version 2.1.0
// expect function javascript.add_pair
// expect inputs a, b
// expect input a {"type":"float","required":true}
// expect input b {"type":"float","required":true}
// expect output result {"type":"float","required":true}
// expect function javascript.mul_pair
// expect inputs a, b
// expect input a {"type":"float","required":true}
// expect input b {"type":"float","required":true}
// expect output result {"type":"float","required":true}
// expect function javascript.sub_pair
// expect inputs a, b
// expect input a {"type":"float","required":true}
// expect input b {"type":"float","required":true}
// expect output result {"type":"float","required":true}
// call add_pair {"a":2,"b":3} => {"result":5}
// call mul_pair {"a":2,"b":3} => {"result":6}
// call sub_pair {"a":2,"b":3} => {"result":-1}
export const version = "2.1.0";

type Pair = { a: number; b: number };

export function addPair({ a, b }: Pair): number {
  return a + b;
}

export async function mulPair({ a, b }: Pair): Promise<number> {
  return a * b;
}

function difference({ a, b }: Pair): number {
  return a - b;
}

export { difference as subPair };
