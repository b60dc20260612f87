import type { Issue } from "../../contract/issue.ts";
import { displayWidth } from "./display-width.ts";

/** One line of a source as it is shown, with the run of carets below what is meant. */
export interface Excerpt {
  line: number;
  shown: string;
  carets: string;
}

const widest = 160;
/** What is shown before the place in a line that is cut. */
const before = 40;
const tab = "    ";

/**
 * The line that an issue is about. Tabs are shown as four columns and control characters as one, so that what is below stands right
 * on any terminal. Of a long line the part with the place is shown. Null where there is nothing to show.
 */
export function excerptOf(found: Issue, source: string | undefined): Excerpt | null {
  if (found.line === null) return null;
  const written = source === undefined ? found.snippet : lineOf(found, source);
  if (written === undefined || written.trim() === "") return null;
  const { from, to } = spanIn(written, found);
  const lead = widthOf(written.slice(0, from));
  const start = lead > widest - 20 ? cutBefore(written, from) : 0;
  const indent = widthOf(written.slice(start, from));
  const shown = cutAfter(visible(written.slice(start)));
  const length = Math.max(1, widthOf(written.slice(from, to)));
  const most = Math.max(1, displayWidth(shown) - indent);
  return { line: found.line, shown, carets: " ".repeat(indent) + "^".repeat(Math.min(length, most)) };
}

/** Sources of code end their lines in any of three ways, documents as YAML's reader counts them. */
function lineOf(found: Issue, source: string): string | undefined {
  const lines = found.stage === undefined ? source.split("\n") : source.replace(/^\ufeff/, "").split(/\r\n|[\r\n]/);
  return lines[(found.line ?? 1) - 1]?.replace(/\r$/, "");
}

/** Where it stands in the line, in UTF-16 units: columns of code count code points, those of documents such units. */
function spanIn(written: string, found: Issue): { from: number; to: number } {
  const at = (column: number) =>
    found.stage === undefined ? column - 1 : [...written].slice(0, column - 1).join("").length;
  const from = Math.min(at(found.column ?? 1), written.length);
  const isWithin = found.end_line === undefined || found.end_line === found.line;
  const end = found.end_column === undefined ? from + 1 : isWithin ? at(found.end_column) : written.trimEnd().length;
  return { from, to: Math.min(Math.max(end, from + 1), written.length) };
}

function visible(text: string): string {
  // Formatting characters could turn the line's direction or hide what is written.
  return text
    .replaceAll("\t", tab)
    .replace(/[\p{Cc}\u2028\u2029]/gu, " ")
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, " ");
}

function widthOf(text: string): number {
  return displayWidth(visible(text));
}

/** Where to begin so that a little stands before the place, never within a character. */
function cutBefore(written: string, from: number): number {
  const start = Math.max(0, from - before);
  return /[\udc00-\udfff]/.test(written.charAt(start)) ? start - 1 : start;
}

function cutAfter(text: string): string {
  let shown = "";
  let width = 0;
  for (const point of text) {
    width += displayWidth(point);
    if (width > widest) break;
    shown += point;
  }
  return shown;
}
