import { Option } from "commander";
import type { Issue } from "../contract/issue.ts";
import type { Sources } from "./documents/read-documents.ts";
import type { Terminal } from "./terminal/open-terminal.ts";
import { type FileIssue, githubIssue, renderCounts, renderIssue } from "./terminal/render-issues.ts";

export type IssueFormat = "human" | "json" | "github";

/** How issues are printed, as commands that check take it. */
export function formatOption(): Option {
  const formats: IssueFormat[] = ["human", "json", "github"];
  return new Option("--format <format>", "how issues are printed").choices(formats).default("human");
}

/** The issues of all that was checked, each with its file. */
export function issuesOf(checked: readonly { source: { file: string }; issues: readonly Issue[] }[]): FileIssue[] {
  return checked.flatMap(({ source, issues }) => issues.map((found) => ({ ...found, file: source.file })));
}

/** What issues mean together, as reports of every check begin: one error is enough. */
export function verdictOn(issues: readonly Issue[]): { valid: boolean; errors: number; warnings: number } {
  const errors = issues.filter(({ severity }) => severity === "error").length;
  return { valid: errors === 0, errors, warnings: issues.length - errors };
}

/** What checking found, for each way of telling it. */
export interface CheckFindings {
  /** What a program reads. */
  report: { valid: boolean };
  issues: readonly FileIssue[];
  /** The text of each file, for showing lines of it. */
  texts: Sources;
  /** What stands before the sum for people: `2 documents checked`. */
  checked: string;
}

/** Tells what checking found: every issue with its place, and the sum; or as programs want it. */
export function tellFindings(terminal: Terminal, format: IssueFormat, findings: CheckFindings): void {
  const { report, issues, texts, checked } = findings;
  if (terminal.isJson || format === "json") {
    terminal.answer(report, () => JSON.stringify(report, null, 2));
  } else if (format === "github") {
    for (const found of issues) terminal.line(githubIssue(found));
  } else {
    for (const found of issues) {
      terminal.line(`${renderIssue(found, texts.get(found.file), terminal.colors)}\n`);
    }
    const { green, red } = terminal.colors;
    terminal.line(`${report.valid ? green("valid") : red("not valid")}  ${checked}, ${renderCounts(issues)}`);
  }
}
