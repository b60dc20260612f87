// expect error forbidden_call 10:13
// expect error forbidden_call 11:17
// expect error forbidden_call 12:15
// expect error forbidden_call 13:14
// expect warning unknown_type 16:17
// expect error forbidden_call 17:11
// expect error forbidden_call 17:34
// expect error forbidden_call 17:56
// expect error forbidden_call 17:69
const run = eval;
const add = new Function("a", "b", "return a + b");
const other = (async () => {}).constructor("return 1");
const deep = [].constructor.constructor("return 1");

/** @param {{code: string}} inputs */
export function f({ code }) {
  return [globalThis.eval(code), self["Function"], (0, eval)(code), Function(code), add instanceof Function];
}
