import { stripVTControlCharacters } from "node:util";

/** Published text as one line without control characters: a description must not move the reader's cursor. */
export function plainText(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, " ").trim();
}

/** A line of a log: tabs as spaces, what would move the cursor or change colours gone, everything else as it was printed. */
export function logText(text: string): string {
  return stripVTControlCharacters(text)
    .replaceAll("\t", "    ")
    .replace(/[\p{Cc}\p{Cf}]/gu, "");
}

/** At most `width` characters, the cut marked. */
export function shorten(text: string, width: number): string {
  const points = [...text];
  return points.length <= width ? text : `${points.slice(0, Math.max(0, width - 1)).join("")}…`;
}

/** `1 error`, `2 errors`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
