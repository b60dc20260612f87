import { existsSync } from "node:fs";
import type { Command } from "commander";
import { CommandRefusal } from "../command-refusal.ts";
import { type CheckedDocument, checkDocuments } from "../documents/check-documents.ts";
import { readDocuments } from "../documents/read-documents.ts";
import { exampleText } from "../example-text.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { findFiles } from "../find-files.ts";
import { readKind } from "../kind-of-reference.ts";
import { inSession, type Session } from "../session.ts";
import { type CheckedSource, checkSources, isAccepted } from "../sources/check-sources.ts";
import { readSources } from "../sources/read-sources.ts";
import { formatOption, type IssueFormat, issuesOf, tellFindings, verdictOn } from "../tell-issues.ts";
import { count } from "../terminal/plain-text.ts";
import { pathsText } from "./publish-paths.ts";

interface Flags {
  format: IssueFormat;
  online?: boolean;
}

/** `callsheet validate`. */
export function addValidateCommand(program: Command): void {
  program
    .command("validate")
    .alias("check")
    .description(
      "check templates, functions, workflows and agent cards by the registry's own rules, without a registry",
    )
    .argument("<paths...>", pathsText)
    .addOption(formatOption())
    .option("--online", "look for parents that are not among the files in the registry")
    .addHelpText("after", exampleText("validate templates/", "validate templates/ --format github"))
    .action((paths: string[], flags: Flags, command: Command) =>
      inSession(command, (session) => validatePaths(session, paths, flags)),
    );
}

async function validatePaths({ client, terminal }: Session, paths: string[], flags: Flags): Promise<ExitCode> {
  for (const path of paths) refuseReference(path);
  const found = await findFiles(paths);
  const { documents, sources: texts } = await readDocuments(found.documents);
  const sources = await readSources(found.sources);
  for (const { file, text } of sources) texts.set(file, text);
  const checked = {
    documents: await checkDocuments(documents, flags.online ? client() : null),
    sources: await checkSources(sources),
  };
  const report = reportOf(checked);
  const issues = issuesOf([...checked.documents, ...checked.sources]);
  tellFindings(terminal, flags.format, { report, issues, texts, checked: checkedText(checked) });
  return report.valid ? exitCodes.ok : exitCodes.invalid;
}

/** What is published passed every rule already; inputs for it are checked by `run --dry-run`. */
function refuseReference(path: string): void {
  const [, kind] = /^([a-z]+)\/[^/]+$/.exec(path) ?? [];
  if (kind === undefined || readKind(kind) === null || existsSync(path)) return;
  throw new CommandRefusal(
    `there is no file ${path}; documents are checked before they are published. Inputs for what is published: \`callsheet run ${path} -i … --dry-run\``,
  );
}

interface Checked {
  documents: readonly CheckedDocument[];
  sources: readonly CheckedSource[];
}

function reportOf(checked: Checked) {
  return {
    ...verdictOn(issuesOf([...checked.documents, ...checked.sources])),
    documents: checked.documents.map(({ source, issues }) => ({
      file: source.file,
      position: source.position,
      name: source.header.id,
      version: source.header.version,
      valid: isAccepted({ issues }),
      issues,
    })),
    sources: checked.sources.map(({ source, analysis, issues }) => ({
      file: source.file,
      functions: analysis?.functions.map(({ id }) => id) ?? [],
      valid: isAccepted({ issues }),
      issues,
    })),
  };
}

function checkedText({ documents, sources }: Checked): string {
  const parts = [
    ...(documents.length === 0 ? [] : [count(documents.length, "document")]),
    ...(sources.length === 0 ? [] : [count(sources.length, "source")]),
  ];
  return `${parts.join(" and ")} checked`;
}
