// expect error syntax_error 4:16
export function f({ text }: { text: string }): string {
  const text = "";
  return text +;
}
