// expect warning not_at_edge 14:43
// expect warning not_at_edge 15:17
// expect warning not_at_edge 16:10
// expect warning not_at_edge 19:1
// expect function javascript.f
// expect inputs text
// expect input text {"type":"string","required":true}
// expect output result {"type":"string","required":true}
/**
 * @param {{text: string}} inputs
 * @returns {string}
 */
export function f({ text }) {
  if (typeof process === "object") return process.version;
  const bytes = Buffer.from(text);
  return document.title + bytes;
}

module.exports = { f };
