// expect function javascript.repeat
// expect inputs text, times
// expect input text {"type":"string","required":true}
// expect input times {"type":"integer","default":2}
// expect output result {"type":"string","required":true}
// call {"text":"ab"} => {"result":"abab"}
/** @typedef {{ text: string, times?: integer }} Inputs */

/** @type {(inputs: Inputs) => Promise<string>} */
export const repeat = async ({ text, times = 2 }) => text.repeat(times);
