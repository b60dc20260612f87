import type { Issue } from "../../contract/issue.ts";
import type { Colors } from "./open-terminal.ts";
import { plainText } from "./plain-text.ts";

/** An issue with the file that it is about. */
export interface FileIssue extends Issue {
  file: string;
}

/** One issue for people: its place, what is wrong, the line with a caret below it, what to do. */
export function renderIssue(found: FileIssue, source: string | undefined, colors: Colors): string {
  const isError = found.severity === "error";
  const severity = isError ? colors.red("error") : colors.yellow("warning");
  const lines = [
    `${colors.bold(placeOf(found))}  ${severity}  ${colors.dim(found.code)}  ${plainText(found.message)}`,
    ...excerpt(found, source, colors),
  ];
  // Without a line the pointer is all that says where.
  if (found.line === null && found.path !== "") lines.push(`    ${colors.dim(`at ${plainText(found.path)}`)}`);
  if (found.suggestion !== null) lines.push(`    ${colors.cyan(plainText(found.suggestion))}`);
  return lines.join("\n");
}

/** One issue as a GitHub Actions workflow command, which marks the line in a pull request. */
export function githubIssue(found: FileIssue): string {
  const place = [
    `file=${property(found.file)}`,
    ...(found.line === null ? [] : [`line=${found.line}`]),
    ...(found.column === null ? [] : [`col=${found.column}`]),
    `title=${property(found.code)}`,
  ];
  const text = found.suggestion === null ? found.message : `${found.message} (${found.suggestion})`;
  return `::${found.severity} ${place.join(",")}::${message(text)}`;
}

function placeOf({ file, line, column }: FileIssue): string {
  return [file, ...(line === null ? [] : [line]), ...(column === null ? [] : [column])].join(":");
}

const widestExcerpt = 160;

function excerpt(found: FileIssue, source: string | undefined, colors: Colors): string[] {
  if (found.line === null || source === undefined) return [];
  const written = source.split("\n")[found.line - 1]?.replace(/\r$/, "");
  if (written === undefined || written.trim() === "") return [];
  const column = Math.min(found.column ?? 1, written.length + 1);
  const from = column > widestExcerpt - 20 ? column - 40 : 0;
  // Tabs count one column in an issue's place, so they are shown as one.
  const shown = written.slice(from, from + widestExcerpt).replace(/[\p{Cc}\p{Cf}]/gu, " ");
  const number = String(found.line).padStart(5);
  const gutter = colors.dim(`${number} | `);
  const caret = `${" ".repeat(number.length)} | ${" ".repeat(column - 1 - from)}`;
  return [`${gutter}${shown}`, `${colors.dim(caret)}${colors.red("^")}`];
}

// The escapes of workflow commands, as GitHub's own toolkit writes them.
function message(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return message(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
