// expect function javascript.cut
// expect inputs text, length, at, note, mark, style, extra
// expect input text {"type":"string","description":"the text","required":true}
// expect input length {"type":"integer","description":"how long it may be","default":10}
// expect input at {"type":"string","enum":["word","letter"],"description":"where to cut","default":"word"}
// expect input note {"type":"string","nullable":true,"required":true}
// expect input mark {"type":"string","required":false}
// expect input style {"type":"object","properties":{"bold":{"type":"boolean","description":"whether it is bold","required":true},"fonts":{"type":"array","items":{"type":"string"},"required":true}},"required":true}
// expect input extra {"type":"any","required":false}
// expect output text {"type":"string","required":true}
// expect output is_cut {"type":"boolean","required":true}
// call {"text":"abc","note":null,"style":{"bold":true,"fonts":[]}} => {"text":"abc","is_cut":false}
/**
 * Cuts a text.
 *
 * Long texts are cut at a word.
 *
 * @param {Object} inputs
 * @param {string} inputs.text - the text
 * @param {integer} [inputs.length=10] how long it may be
 * @param {'word' | 'letter'} [inputs.at='word'] where to cut
 * @param {?string} inputs.note
 * @param {string=} inputs.mark
 * @param {Object} inputs.style
 * @param {boolean} inputs.style.bold whether it is bold
 * @param {string[]} inputs.style.fonts
 * @param {*} [inputs.extra]
 * @returns {Promise<{text: string, is_cut: boolean}>} what is left
 */
export async function cut({ text, length = 10, at = "word", note, mark, style, extra }) {
  return { text: text.slice(0, length), is_cut: text.length > length };
}
