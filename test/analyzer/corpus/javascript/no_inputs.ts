// expect function javascript.colours
// expect output result {"type":"array","items":{"type":"string"},"required":true}
// call {} => {"result":["red","green"]}
/** The colours that there are. */
export function colours(): string[] {
  return ["red", "green"];
}
