// expect function javascript.add
// expect inputs a, b
// expect input a {"type":"float","required":true}
// expect input b {"type":"float","default":2}
// expect output result {"type":"float","required":true}
// call {"a":1} => {"result":3}
// call {"a":1,"b":0.5} => {"result":1.5}
export const add = ({ a, b = 2 }: { a: number; b?: number }): number => a + b;
