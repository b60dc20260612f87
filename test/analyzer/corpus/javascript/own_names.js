// expect warning unknown_type 8:17
// expect function javascript.f
// expect inputs name
// expect input name {"type":"string","required":true}
// expect output result {"type":"any","required":false}
// call {"name":"n"} => {"result":[1,"n",1,3]}
/** @param {{name: string}} inputs */
export function f({ name }) {
  const fetch = (key) => ({ a: 1 })[key];
  const require = (value) => value;
  class Own { #eval = 1; get() { return this.#eval; } }
  label: for (const one of [1]) { new Own().get(one); break label; }
  const names = { eval: 1, Function: 2, constructor: 3 };
  return [fetch("a"), require(name), names.eval, names.constructor];
}
