// expect warning unknown_type 13:6
// expect warning unknown_type 14:6
// expect warning mixed_types 15:6
// expect function javascript.f
// expect inputs a, b, c, d
// expect input a {"type":"any","required":true}
// expect input b {"type":"any","required":true}
// expect input c {"type":"any","required":true}
// expect input d {"type":"any","required":true}
// expect output result {"type":"any","required":false}
// call {"a":1,"b":2,"c":"3","d":null} => {"result":[1,2,"3",null]}
export function f({ a, b, c, d }: {
  a: Missing;
  b: string extends infer T ? T : never;
  c: string | number;
  d: unknown;
}): any {
  return [a, b, c, d];
}
