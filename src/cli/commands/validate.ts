import { type Command, Option } from "commander";
import { type CheckedDocument, checkDocuments } from "../documents/check-documents.ts";
import { findDocuments } from "../documents/find-documents.ts";
import { readDocuments, type Sources } from "../documents/read-documents.ts";
import { exampleText } from "../example-text.ts";
import { exitCodes } from "../exit-codes.ts";
import { inSession } from "../session.ts";
import type { Terminal } from "../terminal/open-terminal.ts";
import { count } from "../terminal/plain-text.ts";
import { githubIssue, renderIssue } from "../terminal/render-issues.ts";

interface Flags {
  format: "human" | "json" | "github";
  online?: boolean;
}

/** `callsheet validate`. */
export function addValidateCommand(program: Command): void {
  program
    .command("validate")
    .description("check templates by the registry's own rules, without a registry")
    .argument("<paths...>", "files, folders (*.yaml, *.yml, *.json in them), or - for standard input")
    .addOption(
      new Option("--format <format>", "how issues are printed").choices(["human", "json", "github"]).default("human"),
    )
    .option("--online", "look for parents that are not among the files in the registry")
    .addHelpText("after", exampleText("validate templates/", "validate templates/ --format github"))
    .action((paths: string[], flags: Flags, command: Command) =>
      inSession(command, async ({ terminal, client }) => {
        const { documents, sources } = await readDocuments(await findDocuments(paths));
        const checked = await checkDocuments(documents, flags.online ? client() : null);
        const report = reportOf(checked);
        if (terminal.isJson || flags.format === "json") terminal.answer(report, () => JSON.stringify(report, null, 2));
        else if (flags.format === "github") printForGithub(terminal, checked);
        else printForPeople(terminal, checked, sources, report);
        return report.valid ? exitCodes.ok : exitCodes.invalid;
      }),
    );
}

function reportOf(checked: readonly CheckedDocument[]) {
  const all = checked.flatMap(({ issues }) => issues);
  const errors = all.filter(({ severity }) => severity === "error").length;
  return {
    valid: errors === 0,
    errors,
    warnings: all.length - errors,
    documents: checked.map(({ source, issues }) => ({
      file: source.file,
      position: source.position,
      name: source.header.id,
      version: source.header.version,
      valid: issues.every(({ severity }) => severity !== "error"),
      issues,
    })),
  };
}

function printForGithub(terminal: Terminal, checked: readonly CheckedDocument[]): void {
  for (const { source, issues } of checked) {
    for (const found of issues) terminal.line(githubIssue({ ...found, file: source.file }));
  }
}

function printForPeople(
  terminal: Terminal,
  checked: readonly CheckedDocument[],
  sources: Sources,
  report: ReturnType<typeof reportOf>,
): void {
  for (const { source, issues } of checked) {
    for (const found of issues) {
      terminal.line(renderIssue({ ...found, file: source.file }, sources.get(source.file), terminal.colors));
      terminal.line("");
    }
  }
  const of = `${count(checked.length, "document")} checked`;
  const found = [count(report.errors, "error"), count(report.warnings, "warning")].join(", ");
  const { green, red } = terminal.colors;
  terminal.line(report.valid ? `${green("valid")}  ${of}, ${found}` : `${red("not valid")}  ${of}, ${found}`);
}
