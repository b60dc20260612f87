import type { Command } from "commander";
import { workflowDocument } from "../../contract/workflow/document.ts";
import { skillsOf } from "../../domain/workflow/skills-of.ts";
import { allSteps, outlineWorkflow } from "../../domain/workflow-graph/outline-workflow.ts";
import { CommandRefusal } from "../command-refusal.ts";
import { type CheckedDocument, checkDocuments } from "../documents/check-documents.ts";
import { readDocuments, type SourceDocument } from "../documents/read-documents.ts";
import { exampleText } from "../example-text.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { findFiles } from "../find-files.ts";
import { inSession, type Session } from "../session.ts";
import { isAccepted } from "../sources/check-sources.ts";
import { formatOption, type IssueFormat, issuesOf, tellFindings, verdictOn } from "../tell-issues.ts";
import { count } from "../terminal/plain-text.ts";

/** `callsheet workflows check`. */
export function addWorkflowsCheck(workflows: Command): void {
  workflows
    .command("check")
    .description(
      "everything that is wrong with workflows, with its place: ids, order, expressions. No registry is asked; `callsheet plan` asks one about the skills",
    )
    .argument("<paths...>", "documents (*.yaml, *.yml, *.json), folders of them, or - for standard input")
    .addOption(formatOption())
    .addHelpText(
      "after",
      exampleText("workflows check code-generation.yaml", "workflows check workflows/ --format github"),
    )
    .action((paths: string[], flags: { format: IssueFormat }, command: Command) =>
      inSession(command, (session) => checkPaths(session, paths, flags.format)),
    );
}

async function checkPaths({ terminal }: Session, paths: string[], format: IssueFormat): Promise<ExitCode> {
  const { documents: files } = await findFiles(paths);
  const { documents, sources: texts } = await readDocuments(files);
  // A folder may hold anything; what is named itself is meant.
  const meant = documents.filter(({ kind, file }) => kind === "workflow" || (kind === null && isNamed(file, paths)));
  if (meant.length === 0) throw new CommandRefusal(nothingText(paths, documents));
  const checked = await checkDocuments(meant, null);
  const report = reportOf(checked);
  if (format === "human" && !terminal.isJson) {
    const accepted = report.workflows.filter(({ valid }) => valid);
    for (const told of accepted) {
      const calls = told.skills.length === 0 ? "calls nothing" : `calls ${told.skills.join(", ")}`;
      terminal.line(`${terminal.colors.bold(told.name ?? "")} ${told.version}  ${count(told.steps, "step")}; ${calls}`);
    }
    if (accepted.length > 0) terminal.line("");
  }
  tellFindings(terminal, format, {
    report,
    issues: issuesOf(checked),
    texts,
    checked: `${count(checked.length, "workflow")} checked`,
  });
  return report.valid ? exitCodes.ok : exitCodes.invalid;
}

function isNamed(file: string, paths: readonly string[]): boolean {
  return paths.includes(file) || file === "<stdin>";
}

function nothingText(paths: readonly string[], found: readonly SourceDocument[]): string {
  const [other] = found;
  const what =
    other?.kind === undefined || other.kind === null ? "" : `; ${other.file} holds a document of kind ${other.kind}`;
  return `no workflow in ${paths.join(", ")}${what}. A workflow has the keys metadata and steps; \`callsheet validate\` checks documents of every kind`;
}

function reportOf(checked: readonly CheckedDocument[]) {
  return {
    ...verdictOn(issuesOf(checked)),
    workflows: checked.map(({ source, issues }) => {
      const { id: name, version } = source.header;
      const valid = isAccepted({ issues });
      const read = valid ? workflowDocument.safeParse(source.document?.value).data : undefined;
      return {
        ...{ file: source.file, position: source.position, name, version, valid },
        steps: read === undefined ? 0 : allSteps(outlineWorkflow(read)).length,
        /** As written, each once; what an expression chooses is not among them. */
        skills: read === undefined ? [] : [...new Set(skillsOf(read).flatMap(({ text }) => text ?? []))],
        issues,
      };
    }),
  };
}
