/** The end of a command's help: lines that can be typed as they are. */
export function exampleText(...lines: readonly string[]): string {
  return `\n${lines.length === 1 ? "Example" : "Examples"}:\n${lines.map((line) => `  $ callsheet ${line}`).join("\n")}`;
}
