// expect warning unknown_type 25:17
// expect function javascript.area
// expect inputs size, level, others, weights
// expect input size {"type":"object","properties":{"width":{"type":"float","description":"in pixels","required":true},"height":{"type":"float","description":"in pixels","default":1}},"required":true}
// expect input level {"type":"string","enum":["low","high"],"required":true}
// expect input others {"type":"array","items":{"type":"object","properties":{"width":{"type":"float","description":"in pixels","required":true},"height":{"type":"float","description":"in pixels","default":1}}},"default":[]}
// expect input weights {"type":"object","additional_properties":true,"default":{}}
// expect output result {"type":"any","required":false}
// call {"size":{"width":3},"level":"low"} => {"result":6}
/**
 * @typedef {Object} Size
 * @property {number} width in pixels
 * @property {number} [height=1] in pixels
 */

/** @typedef {"low" | "high"} Level */

/**
 * @param {Object} inputs
 * @param {Size} inputs.size
 * @param {Level} inputs.level
 * @param {Array.<Size>} [inputs.others]
 * @param {Object<string, number>} [inputs.weights]
 */
export function area({ size, level, others = [], weights = {} }) {
  return size.width * (size.height ?? 1) + others.length + level.length + Object.keys(weights).length;
}
