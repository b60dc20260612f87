import { readFileSync } from "node:fs";
import type { Issue } from "../../../src/contract/issue.ts";
import type { Template } from "../../../src/contract/template/document.ts";
import { readDocument } from "../../../src/domain/document/read-document.ts";
import { checkTemplate } from "../../../src/domain/template/check-template.ts";

/** Where the hand-made documents are: `good/` without an issue, `bad/` with those that each names at its end. */
export const corpus = new URL("./corpus/", import.meta.url);

/** Reads and checks one file of the corpus. A `# parent: FILE` line names the good file that it extends. */
export function checkFile(path: string): { issues: Issue[]; template: Template | null } {
  return checkSource(readFileSync(new URL(path, corpus), "utf8"));
}

/** Reads and checks a source as `checkFile` does. */
export function checkSource(source: string): { issues: Issue[]; template: Template | null } {
  const { document, issues } = readDocument(source);
  if (document === null) return { issues, template: null };
  const parent = /^# parent: (\S+)/.exec(source)?.[1];
  const { template, issues: found } = checkTemplate(
    document,
    parent === undefined ? null : checkFile(`good/${parent}`).template,
  );
  return { issues: found, template };
}

/** The issues that a bad file expects, as its last lines say: `# expect: SEVERITY CODE LINE:COLUMN POINTER`. */
export function expectedOf(source: string): string[] {
  return [...source.matchAll(/^# expect: (.*)$/gm)].map((match) => (match[1] ?? "").trimEnd());
}

/** An issue as a bad file writes it. */
export function asExpectation(issue: Issue): string {
  return `${issue.severity} ${issue.code} ${issue.line}:${issue.column} ${issue.path}`.trimEnd();
}
