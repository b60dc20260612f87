/** A docstring's lines without the indentation that they share, as Python's `inspect.cleandoc` has them. */
export function cleanDocstring(text: string): string[] {
  const [first = "", ...others] = text.split(/\r\n?|\n/);
  const rest = others.map(expandIndentation);
  const written = rest.filter((line) => line.trim() !== "");
  const margin = written.reduce((least, line) => Math.min(least, indentationOf(line)), Number.MAX_SAFE_INTEGER);
  const lines = [first.trim(), ...rest.map((line) => line.slice(margin).trimEnd())];
  const isWritten = (line: string) => line !== "";
  return lines.slice(Math.max(0, lines.findIndex(isWritten)), lines.findLastIndex(isWritten) + 1);
}

/** How many spaces a line begins with. */
export function indentationOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** Lines as one line of text. */
export function joinLines(lines: readonly string[]): string {
  return lines
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .join(" ");
}

/** Tabs reach to the next multiple of eight; only where a line begins do they matter. */
function expandIndentation(line: string): string {
  const text = line.trimStart();
  let width = 0;
  for (const character of line.slice(0, line.length - text.length)) width += character === "\t" ? 8 - (width % 8) : 1;
  return " ".repeat(width) + text;
}
