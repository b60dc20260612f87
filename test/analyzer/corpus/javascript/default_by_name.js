// expect function javascript.double
// expect inputs value
// expect input value {"type":"float","required":true}
// expect output result {"type":"float","required":true}
// call {"value":4} => {"result":8}
/**
 * Doubles a number.
 * @param {Object} inputs
 * @param {number} inputs.value
 * @returns {number}
 */
const double = ({ value }) => value * 2;

export default double;
