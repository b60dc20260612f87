// expect function javascript.flatten
// expect inputs rows, pair, mixed, rest, names
// expect input rows {"type":"array","items":{"type":"array","items":{"type":"float"}},"required":true}
// expect input pair {"type":"array","items":{"type":"float"},"min_items":2,"max_items":2,"required":true}
// expect input mixed {"type":"array","min_items":2,"max_items":3,"required":true}
// expect input rest {"type":"array","items":{"type":"string"},"min_items":1,"required":true}
// expect input names {"type":"array","items":{"type":"string","nullable":true},"default":["a"]}
// expect output result {"type":"array","items":{"type":"float"},"required":true}
// call {"rows":[[1],[2,3]],"pair":[4,5],"mixed":["a",1],"rest":["r"]} => {"result":[1,2,3,4,5,2,1,1]}
export function flatten({
  rows,
  pair,
  mixed,
  rest,
  names = ["a"],
}: {
  rows: number[][];
  pair: [x: number, y: number];
  mixed: readonly [string, number, boolean?];
  rest: [string, ...string[]];
  names?: ReadonlyArray<string | null>;
}): number[] {
  return [...rows.flat(), ...pair, mixed.length, rest.length, names.length];
}
