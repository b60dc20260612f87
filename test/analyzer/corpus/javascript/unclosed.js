// expect error syntax_error 3:15
export function f({ text }) {
  return [text;
