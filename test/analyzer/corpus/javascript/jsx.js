// expect error syntax_error 3:10
export function f({ text }) {
  return <p>{text}</p>;
}
