import { indentationOf } from "./clean-docstring.ts";

/** One entry of a section: its first line, and what is written below it. */
export interface DocItem {
  head: string;
  body: string[];
}

/** The entries of a section: one begins at each line that is indented no deeper than the first. */
export function splitItems(lines: readonly string[]): DocItem[] {
  const first = lines.find((line) => line.trim() !== "");
  const margin = first === undefined ? 0 : indentationOf(first);
  const items: DocItem[] = [];
  for (const line of lines) {
    const isHead = line.trim() !== "" && indentationOf(line) <= margin;
    if (isHead) items.push({ head: line.trim(), body: [] });
    else items.at(-1)?.body.push(line);
  }
  return items;
}

/** What stands before an entry's text: `x, y (float, optional): text` or `x -- text`. */
export interface NamedText {
  names: string[];
  text: string;
}

/** Reads the names that an entry's first line begins with, or null when it begins otherwise. In one pass, whatever the line. */
export function readNamedText(line: string): NamedText | null {
  const names: string[] = [];
  let at = 0;
  for (;;) {
    name.lastIndex = at;
    const found = name.exec(line);
    if (found?.[1] === undefined) return null;
    names.push(found[1]);
    at = skipSpaces(line, name.lastIndex);
    if (line[at] !== ",") break;
    at = skipSpaces(line, at + 1);
  }
  if (line[at] === "(") at = skipSpaces(line, afterParentheses(line, at));
  if (line[at] === ":") return { names, text: line.slice(at + 1).trim() };
  const dashes = ["-- ", "- ", "– ", "— "].find((dash) => line.startsWith(dash, at));
  return dashes === undefined ? null : { names, text: line.slice(at + dashes.length).trim() };
}

const name = /\*{0,2}`{0,2}([\p{L}_][\p{L}\p{N}_]*)`{0,2}/uy;

function skipSpaces(line: string, from: number): number {
  let at = from;
  while (line[at] === " ") at += 1;
  return at;
}

function afterParentheses(line: string, from: number): number {
  let depth = 0;
  for (let at = from; at < line.length; at += 1) {
    if (line[at] === "(") depth += 1;
    else if (line[at] === ")") {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return line.length;
}
