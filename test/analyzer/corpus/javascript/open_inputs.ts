// expect error open_inputs 4:29
// expect error untyped_inputs 8:25
// expect error unknown_type 12:35
export function any(inputs: Record<string, number>): number {
  return Object.keys(inputs).length;
}

export function nothing(inputs: unknown): boolean {
  return inputs === null;
}

export function elsewhere(inputs: Elsewhere): number {
  return inputs.a;
}
