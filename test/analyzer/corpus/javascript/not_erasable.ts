// expect error not_erasable 6:1
// expect error not_erasable 11:1
// expect error not_erasable 16:15
// expect error not_erasable 16:43
// expect error not_erasable 20:11
enum Colour {
  Red,
  Green = "g",
}

namespace Tools {
  export const a = 1;
}

class Point {
  constructor(private readonly x: number, public y = 2) {}
}

export function f({ a }: { a: Colour }): number {
  return (<number>a) + Tools.a;
}
