import { lineIndexAt, lineStarts } from "../domain/document/line-starts.ts";

/** A line and a column, both from 1; the column counts Unicode code points. */
export interface SourcePlace {
  line: number;
  column: number;
}

/** A source by its lines: where an offset is, and the text of its line. Line ends are \n. */
export interface SourcePlaces {
  placeOf(offset: number): SourcePlace;
  /** The offset at which a line begins, and the one at which its text ends. */
  lineSpan(line: number): { from: number; to: number };
}

/** The lines of a source. */
export function sourcePlaces(code: string): SourcePlaces {
  const starts = lineStarts(code);
  return {
    placeOf(asked) {
      const offset = Math.max(0, Math.min(asked, code.length));
      const line = lineIndexAt(starts, offset);
      return { line: line + 1, column: codePoints(code, starts[line] ?? 0, offset) + 1 };
    },
    lineSpan(line) {
      const from = starts[line - 1] ?? code.length;
      const next = starts[line];
      return { from, to: next === undefined ? code.length : next - 1 };
    },
  };
}

function codePoints(code: string, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at++) {
    count++;
    if ((code.codePointAt(at) ?? 0) > 0xffff) at++;
  }
  return count;
}
