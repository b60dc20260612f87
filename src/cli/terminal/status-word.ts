import type { Colors } from "./open-terminal.ts";

const widest = "unchanged".length;

/** What became of a file, as a column of its own: done in green, nothing to do dim, refused in red, not reached in yellow. */
export function statusWord(
  word: "created" | "new" | "changed" | "pushed" | "unchanged" | "rejected" | "not sent",
  colors: Colors,
): string {
  const padded = word.padEnd(widest);
  switch (word) {
    case "unchanged":
      return colors.dim(padded);
    case "rejected":
      return colors.red(padded);
    case "not sent":
      return colors.yellow(padded);
    default:
      return colors.green(padded);
  }
}
