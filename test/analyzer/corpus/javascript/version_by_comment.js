// expect version 1.4.0
// expect function javascript.words
// expect inputs text
// expect input text {"type":"string","required":true}
// expect output result {"type":"array","items":{"type":"string"},"required":true}
// call {"text":"a b"} => {"result":["a","b"]}
/**
 * Words of a text.
 * @version 1.4.0
 */

/**
 * @param {{text: string}} inputs
 * @returns {string[]}
 */
export function words({ text }) {
  return text.split(" ");
}
