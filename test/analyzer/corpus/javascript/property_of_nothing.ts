// expect error unknown_property 6:52
interface Size {
  width: number;
}

export function f({ a, b }: { a: Size["width"]; b: Size["height"] }): number {
  return a;
}
