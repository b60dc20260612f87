import { everyName } from "../../contract/access/name-pattern.ts";

/** Whether one of the patterns is of this name: a repository's, like `templates/image_generation` or `models/sd`. */
export function matchesName(patterns: readonly string[], name: string): boolean {
  return patterns.some((pattern) => matches(pattern, name));
}

/** Whether they are of every name. */
export function areOfAllNames(patterns: readonly string[]): boolean {
  return patterns.includes(everyName);
}

/** `*` stands for any characters. Each piece is looked for after the one before, the last at the end: no way back is ever tried. */
function matches(pattern: string, name: string): boolean {
  const pieces = pattern.split("*");
  const [first = ""] = pieces;
  if (pieces.length === 1) return pattern === name;
  if (!name.startsWith(first)) return false;
  let at = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = name.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  const last = pieces.at(-1) ?? "";
  return name.length - at >= last.length && name.endsWith(last);
}
