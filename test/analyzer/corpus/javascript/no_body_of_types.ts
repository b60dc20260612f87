// expect function javascript.f
// expect inputs text, a, b
// expect input text {"type":"string","required":true}
// expect input a {"type":"float","required":true}
// expect input b {"type":"float","required":true}
// expect output result {"type":"float","required":true}
// expect function javascript.g
// expect inputs size, list
// expect input size {"type":"object","properties":{"w":{"type":"float","required":true},"h":{"type":"float","required":false}},"required":true}
// expect input list {"type":"array","items":{"type":"string"},"required":true}
// expect output result {"type":"string","required":true}
// expect function javascript.h
// expect inputs text
// expect input text {"type":"string","default":"x"}
// expect output result {"type":"string","required":true}
// call f {"text":"a","a":1,"b":2} => {"result":4}
// call g {"size":{"w":1},"list":["z"]} => {"result":"12z"}
// call h {} => {"result":"x"}
export function f({ text, ...rest }: { text: string; a: number; b: number }): number {
  return text.length + rest.a + rest.b;
}

export function g({ size: { w, h = 2 }, list: [head] }: { size: { w: number; h?: number }; list: string[] }): string {
  return `${w}${h}${head}`;
}

export function h({ text: renamed = "x" }: { text?: string } = {}): string {
  return renamed;
}
