/** Whether a text holds `{{ … }}`, well written or not. */
export function holdsExpression(text: string): boolean {
  return text.includes("{{");
}
