import type { Issue } from "../../contract/issue.ts";
import { excerptOf } from "./excerpt.ts";
import type { Colors } from "./open-terminal.ts";
import { count, plainText } from "./plain-text.ts";

/** An issue with the file that it is about. */
export interface FileIssue extends Issue {
  file: string;
}

/** One issue as compilers print it: its place, what is wrong, the line with carets below what is meant, what to do. */
export function renderIssue(found: FileIssue, source: string | undefined, colors: Colors): string {
  const paint = found.severity === "error" ? colors.red : colors.yellow;
  const title = `${paint(found.severity)}${colors.dim(`[${plainText(found.code)}]`)}`;
  const lines = [`${colors.bold(placeOf(found))}: ${title}: ${plainText(found.message)}`];
  const excerpt = excerptOf(found, source);
  const gutter = excerpt === null ? "    " : " ".repeat(Math.max(5, String(excerpt.line).length) + 1);
  if (excerpt !== null) {
    lines.push(`${colors.dim(`${String(excerpt.line).padStart(5)} |`)} ${excerpt.shown}`);
    lines.push(`${colors.dim(`${gutter}|`)} ${paint(excerpt.carets)}`.replace(/\s+$/, ""));
  }
  // Without a line the pointer is all that says where.
  if (found.line === null && found.path !== "") lines.push(`${gutter}${colors.dim(`at ${plainText(found.path)}`)}`);
  if (found.suggestion !== null) {
    const mark = excerpt === null ? "" : `${colors.dim("=")} `;
    lines.push(`${gutter}${mark}${colors.cyan("help")}: ${plainText(found.suggestion)}`);
  }
  return lines.join("\n");
}

/** `2 errors, 1 warning in 1 file`; the files are left out where there is nothing to find in them. */
export function renderCounts(found: readonly FileIssue[]): string {
  const errors = found.filter(({ severity }) => severity === "error").length;
  const files = new Set(found.map(({ file }) => file)).size;
  const told = `${count(errors, "error")}, ${count(found.length - errors, "warning")}`;
  return files === 0 ? told : `${told} in ${count(files, "file")}`;
}

/** One issue as a GitHub Actions workflow command, which marks the line in a pull request. */
export function githubIssue(found: FileIssue): string {
  const place = [
    `file=${property(found.file)}`,
    ...(found.line === null ? [] : [`line=${found.line}`]),
    ...(found.column === null ? [] : [`col=${found.column}`]),
    ...(found.end_line === undefined ? [] : [`endLine=${found.end_line}`]),
    ...(found.end_column === undefined ? [] : [`endColumn=${found.end_column}`]),
    `title=${property(found.code)}`,
  ];
  const text = found.suggestion === null ? found.message : `${found.message} (${found.suggestion})`;
  return `::${found.severity} ${place.join(",")}::${message(text)}`;
}

function placeOf({ file, line, column }: FileIssue): string {
  return [file, ...(line === null ? [] : [line]), ...(column === null ? [] : [column])].join(":");
}

// The escapes of workflow commands, as GitHub's own toolkit writes them.
function message(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return message(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
