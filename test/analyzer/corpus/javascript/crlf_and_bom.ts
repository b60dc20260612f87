// expect function javascript.f
// expect inputs text
// expect input text {"type":"string","required":true}
// expect output result {"type":"string","required":true}
// call {"text":"x"} => {"result":"x"}
export function f({ text }: { text: string }): string {
  return `${text}`;
}
