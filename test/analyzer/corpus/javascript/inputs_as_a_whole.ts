// expect function javascript.total
// expect inputs a, b
// expect input a {"type":"float","required":true}
// expect input b {"type":"float","required":false}
// expect output result {"type":"float","required":true}
// call {"a":1} => {"result":11}
interface Inputs {
  a: number;
  b?: number;
}

export function total(inputs: Inputs): number {
  return inputs.a + (inputs.b ?? 10);
}
