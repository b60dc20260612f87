// expect error syntax_error 2:27
export function f({ text }: { text: string }): string {
  return text;
}
