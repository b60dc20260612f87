// expect error unknown_input 2:21
export function f({ txt, size = 3 }: { text: string; size?: number }): number {
  return txt.length + size;
}
