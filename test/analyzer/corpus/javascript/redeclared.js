// expect error syntax_error 5:9
// expect error syntax_error 7:7
export function f({ text }) {
  const a = 1;
  const a = 2;
  let b = 1;
  let b = 2;
  return text;
}
