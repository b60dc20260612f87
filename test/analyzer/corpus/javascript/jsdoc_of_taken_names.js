// expect function javascript.say
// expect inputs text, times, mood
// expect input text {"type":"string","description":"what is said","required":true}
// expect input times {"type":"float","default":1}
// expect input mood {"type":"string","default":"calm"}
// expect output result {"type":"string","required":true}
// call {"text":"a"} => {"result":"a calm"}
/**
 * @param {string} text - what is said
 * @param {number} [times]
 * @return {string}
 */
export function say({ text, times = 1, mood = "calm" }) {
  return `${text.repeat(times)} ${mood}`;
}
