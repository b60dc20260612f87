// expect warning unknown_type 17:17
// expect warning unknown_type 27:14
// expect function javascript.one
// expect inputs a
// expect input a {"type":"float","required":true}
// expect output result {"type":"any","required":false}
// expect function javascript.none
// expect inputs a
// expect input a {"type":"float","required":true}
// expect function javascript.short
// expect inputs a
// expect input a {"type":"float","required":true}
// expect output result {"type":"any","required":false}
// call one {"a":1} => {"result":1}
// call none {"a":1} => {}
// call short {"a":2} => {"result":2}
export function one({ a }: { a: number }) {
  return a;
}

export function none({ a }: { a: number }) {
  String(a);
  const inner = () => 1;
  inner();
}

export const short = ({ a }: { a: number }) => a;
