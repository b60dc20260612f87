import { lineIndexAt, lineStarts } from "./line-starts.ts";
import type { Place } from "./placed-document.ts";

/** Turns offsets of a source into lines and columns. */
export function sourceLines(source: string): (offset: number) => Place {
  // Made when the first place is asked for: a document without findings never needs it.
  let starts: number[] | null = null;
  return (offset) => {
    starts ??= lineStarts(source);
    const line = lineIndexAt(starts, offset);
    return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 };
  };
}
