// expect function javascript.repeat
// expect inputs text, times
// expect input text {"type":"string","required":true}
// expect input times {"type":"integer","default":2}
// expect output result {"type":"string","required":true}
// call {"text":"ab"} => {"result":"abab"}
// call {"text":"ab","times":3} => {"result":"ababab"}
/**
 * @param {{text: string, times?: integer}} inputs
 * @returns {string}
 */
export const repeat = function ({ text, times = 2 }) {
  return text.repeat(times);
};
