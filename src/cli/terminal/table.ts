import Table from "cli-table3";
import type { Terminal } from "./open-terminal.ts";
import { plainText, shorten } from "./plain-text.ts";

const noBorders = Object.fromEntries(
  ["top", "bottom", "left", "right"]
    .flatMap((side) => [side, `${side}-mid`, `${side}-left`, `${side}-right`])
    .concat("mid", "mid-mid", "middle")
    .map((side) => [side, ""]),
);

/** Aligned columns without lines; on a terminal the last column is cut to fit. `paint` colours a cell after it is measured. */
export function table(
  terminal: Terminal,
  head: readonly string[],
  rows: readonly (readonly string[])[],
  paint: (text: string, column: number) => string = (text) => text,
): string {
  const plain = rows.map((row) => row.map(plainText));
  const fixed = head.slice(0, -1).map((title, i) => Math.max(title.length, ...plain.map((row) => row[i]?.length ?? 0)));
  const left = terminal.width === null ? null : terminal.width - fixed.reduce((sum, width) => sum + width + 2, 0);
  const lastWidth = left === null ? Number.POSITIVE_INFINITY : Math.max(12, left);
  const drawn = new Table({
    chars: noBorders,
    style: { head: [], border: [], "padding-left": 0, "padding-right": 2 },
  });
  drawn.push(head.map((title) => terminal.colors.dim(title)));
  for (const row of plain) {
    const cut = row.map((text, i) => (i === head.length - 1 ? shorten(text, lastWidth) : text));
    drawn.push(cut.map((text, i) => paint(text, i)));
  }
  return drawn
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}
