import type { Outcome } from "../outcome.ts";
import type { Colors } from "./open-terminal.ts";
import { plainText } from "./plain-text.ts";
import { renderChanges } from "./render-changes.ts";
import { renderIssue } from "./render-issues.ts";
import { statusWord } from "./status-word.ts";
import { renderBreaks } from "./workflow/render-breaks.ts";

/** The outcome of one document or function: a line, the changes against the version before it, and what refused it or is to be known. */
export function renderOutcome(
  outcome: Omit<Outcome, "exitCode">,
  source: string | undefined,
  isDryRun: boolean,
  colors: Colors,
): string {
  const { kind, file, position, name, version, comparison, message, issues } = outcome;
  // A function is told by its name; documents of one file need not differ in theirs.
  const place = position === 0 || kind === "function" ? file : `${file}#${position + 1}`;
  const what = [name, version].filter((part) => part !== null).join(" ");
  const told = what === "" ? colors.bold(place) : `${colors.bold(plainText(what))}  ${colors.dim(place)}`;
  const lines = [`${statusWord(wordFor(outcome, isDryRun), colors)}  ${told}`];
  // What broke a publish off is told once, at its end.
  if (message !== null && outcome.status !== "not_sent") lines.push(`  ${plainText(message)}`);
  if (comparison !== null && outcome.status !== "unchanged") {
    const asked = comparison.bump === "none" ? "no difference" : `asks for a ${comparison.bump} bump`;
    lines.push(`  against ${comparison.against}: ${asked}`);
    if (comparison.changes.length > 0) lines.push(renderChanges(comparison.changes, colors));
  }
  const { lines: breaks, others } = renderBreaks(issues, colors);
  lines.push(...breaks.map((line) => `  ${line}`));
  for (const found of others) {
    const shown = renderIssue({ ...found, file }, source, colors);
    lines.push(...shown.split("\n").map((line) => `  ${line}`));
  }
  return lines.join("\n");
}

function wordFor(
  { status, comparison }: Pick<Outcome, "status" | "comparison">,
  isDryRun: boolean,
): Parameters<typeof statusWord>[0] {
  if (status === "not_sent") return "not sent";
  if (status !== "created" || !isDryRun) return status;
  return comparison === null ? "new" : "changed";
}
