import type { Command } from "commander";
import { stringify } from "yaml";
import type { ResolvedArtifact } from "../../contract/artifact/resolved.ts";
import { getTemplate } from "../../contract/http/templates.ts";
import { exampleText } from "../example-text.ts";
import { inSession } from "../session.ts";
import type { Colors } from "../terminal/open-terminal.ts";
import { plainText } from "../terminal/plain-text.ts";
import { paintState } from "../terminal/render-catalogue.ts";

/** `callsheet show`. */
export function addShowCommand(program: Command): void {
  program
    .command("show")
    .description("look a template up: its document as YAML, parents merged in")
    .argument("<reference>", "name, name@1.2.3, name@^1, name@tag or name@sha256:…")
    .option("--source", "the source as it was published, comments and all")
    .addHelpText("after", exampleText("show image_generation", "show image_generation@^1 --source"))
    .action((reference: string, flags: { source?: boolean }, command: Command) =>
      inSession(command, async ({ client, terminal }) => {
        if (flags.source) {
          const headers = { accept: "application/yaml" };
          const source = await client().text(getTemplate, { params: { reference }, headers });
          terminal.answer({ reference, source }, () => source);
          return;
        }
        const found = await client().call(getTemplate, { params: { reference } });
        terminal.answer(found, () => `${headerOf(found, terminal.colors)}\n${stringify(found.document)}`);
        return undefined;
      }),
    );
}

/** YAML comments, so that the output as a whole is a document still. */
function headerOf(found: ResolvedArtifact, colors: Colors): string {
  const lines = [
    `${colors.bold(found.name)} ${found.version} (${paintState(found.state, colors)})`,
    `digest     ${found.digest}`,
    `published  ${found.published_at} by ${plainText(found.published_by)}`,
  ];
  if (found.extends !== null) lines.push(`extends    ${found.extends.name} ${found.extends.version}`);
  if (found.notice !== null) {
    const { since, message, successor, sunset } = found.notice;
    const told = message === null ? "" : `: ${plainText(message)}`;
    lines.push(`${found.state} since ${since}${told}`);
    if (successor !== null) lines.push(`use instead  ${plainText(successor)}`);
    if (sunset !== null) lines.push(`sunset  ${sunset}`);
  }
  return lines.map((line) => `${colors.dim("#")} ${line}`).join("\n");
}
