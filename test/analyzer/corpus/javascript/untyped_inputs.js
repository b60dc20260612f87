// expect warning unknown_type 3:17
// expect error untyped_inputs 3:22
export function lost(inputs) {
  return inputs.a;
}
