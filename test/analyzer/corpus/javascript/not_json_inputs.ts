// expect error not_json 16:9
// expect error not_json 17:8
// expect error not_json 18:8
// expect error not_json 19:8
// expect error not_json 20:9
// expect error not_json 21:3
// expect error not_json 22:9
// expect error not_json 23:10
// expect error not_json 24:10
// expect error not_json 25:9
class Shape {
  sides = 3;
}

export function f(inputs: {
  when: Date;
  map: Map<string, number>;
  set: Set<string>;
  big: bigint;
  call: () => void;
  method(): string;
  sign: symbol;
  bytes: Uint8Array;
  shape: Shape;
  link: URL;
}): number {
  return inputs.set.size;
}
