// expect warning ignored_version 7:24
// expect warning unknown_type 10:17
// expect function javascript.words
// expect inputs text
// expect input text {"type":"string","required":true}
// expect output result {"type":"any","required":false}
export const version = "1.4";

/** @param {{text: string}} inputs */
export function words({ text }) {
  return text;
}
