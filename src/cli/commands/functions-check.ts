import type { Command } from "commander";
import type { AnalysedFunction } from "../../contract/function/analysis.ts";
import { exampleText } from "../example-text.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { findSources } from "../find-files.ts";
import { inSession, type Session } from "../session.ts";
import { type CheckedSource, checkSources, isAccepted } from "../sources/check-sources.ts";
import { readSources } from "../sources/read-sources.ts";
import { formatOption, type IssueFormat, issuesOf, tellFindings, verdictOn } from "../tell-issues.ts";
import { count } from "../terminal/plain-text.ts";
import { renderFunction, type ShownFunction } from "../terminal/render-function.ts";

/** `callsheet functions check`. */
export function addFunctionsCheck(functions: Command): void {
  functions
    .command("check")
    .description(
      "what sources would publish: names, inputs, outputs, packages; or all that is wrong. No registry is asked",
    )
    .argument("<paths...>", "sources (*.py, *.ts, *.js, *.mjs), or folders of them")
    .addOption(formatOption())
    .addHelpText("after", exampleText("functions check filters.py", "functions check src/ --format github"))
    .action((paths: string[], flags: { format: IssueFormat }, command: Command) =>
      inSession(command, (session) => checkPaths(session, paths, flags.format)),
    );
}

async function checkPaths({ terminal }: Session, paths: string[], format: IssueFormat): Promise<ExitCode> {
  const sources = await readSources(await findSources(paths));
  const checked = await checkSources(sources);
  const report = reportOf(checked);
  if (format === "human" && !terminal.isJson) {
    const shown = checked.filter(isAccepted).flatMap(({ analysis }) =>
      (analysis?.functions ?? []).map((one) => {
        // The registry chooses the version unless the source says one.
        const version = typeof analysis?.version === "string" ? ` ${analysis.version}` : "";
        const title = `${terminal.colors.bold(one.id)}${version}`;
        return renderFunction(terminal, [title], shownFunction(one, analysis?.packages ?? []));
      }),
    );
    for (const text of shown) terminal.line(`${text}\n`);
  }
  tellFindings(terminal, format, {
    report,
    issues: issuesOf(checked),
    texts: new Map(sources.map(({ file, text }) => [file, text])),
    checked: `${count(report.functions, "function")} of ${count(checked.length, "source")}`,
  });
  return report.valid ? exitCodes.ok : exitCodes.invalid;
}

function reportOf(checked: readonly CheckedSource[]) {
  return {
    ...verdictOn(issuesOf(checked)),
    /** One error refuses its whole source. */
    functions: checked.filter(isAccepted).reduce((sum, { analysis }) => sum + (analysis?.functions.length ?? 0), 0),
    sources: checked.map(({ source, analysis, issues }) => ({
      file: source.file,
      language: source.language,
      valid: isAccepted({ issues }),
      version: analysis?.version ?? null,
      packages: analysis?.packages ?? [],
      functions: analysis?.functions ?? [],
      issues,
    })),
  };
}

function shownFunction(analysed: AnalysedFunction, packages: readonly string[]): ShownFunction {
  const { docs, resources } = analysed;
  const description = [docs.summary, docs.description].filter((part) => part !== null).join("\n\n");
  return {
    ...{ packages, resources, interface: analysed.interface },
    description: description === "" ? null : description,
  };
}
