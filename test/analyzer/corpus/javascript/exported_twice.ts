// expect function javascript.twice
// expect inputs text
// expect input text {"type":"string","required":true}
// expect output result {"type":"string","required":true}
// call {"text":"ab"} => {"result":"abab"}
export function twice({ text }: { text: string }): string {
  return text + text;
}

export default twice;
