// expect warning unknown_argument 12:4
// expect function javascript.f
// expect inputs text, size
// expect input text {"type":"string","description":"the text","required":true}
// expect input size {"type":"float","description":"The size.","required":true}
// expect output result {"type":"string","required":true}
// call {"text":"a","size":2} => {"result":"aa"}
/**
 * @param inputs
 * @param inputs.text the text
 * @param inputs.size how big
 * @param inputs.colour which colour
 */
export function f({ text, size }: { text: string; /** The size. */ size: number }): string {
  return text.repeat(size);
}
