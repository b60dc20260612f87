// expect error not_erasable 3:10
export function f({ a }: { a: number }): number {
  return a + 1 as number * 2;
}
