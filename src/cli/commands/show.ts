import type { Command } from "commander";
import { stringify } from "yaml";
import type { ResolvedArtifact } from "../../contract/artifact/resolved.ts";
import { exampleText } from "../example-text.ts";
import { fetchSource } from "../fetch-source.ts";
import { kindOfReference } from "../kind-of-reference.ts";
import { inSession, type Session } from "../session.ts";
import type { Colors } from "../terminal/open-terminal.ts";
import { plainText } from "../terminal/plain-text.ts";
import { paintState } from "../terminal/render-catalogue.ts";

/** `callsheet show`. */
export function addShowCommand(program: Command): void {
  program
    .command("show")
    .description("look a template or a function up: its document as YAML, parents merged in")
    .argument("<reference>", "name, name@1.2.3, name@^1, name@tag or name@sha256:…")
    .option("--source", "the source as it was published, comments and all")
    .addHelpText("after", exampleText("show image_generation", "show numpy.sharpen@^1 --source"))
    .action((text: string, flags: { source?: boolean }, command: Command) =>
      inSession(command, async (session) => {
        if (flags.source) return printSource(session, text);
        const { routes, reference } = kindOfReference(text);
        const found = await session.client().call(routes.get, { params: { reference } });
        const { terminal } = session;
        terminal.answer(found, () => {
          // YAML comments, so that the whole is a document still.
          const header = versionLines(found, terminal.colors).map((line) => `${terminal.colors.dim("#")} ${line}`);
          return `${header.join("\n")}\n${stringify(found.document)}`;
        });
        return undefined;
      }),
    );
}

/** Prints a source as its author published it. */
export async function printSource({ client, terminal }: Session, text: string): Promise<undefined> {
  const asked = kindOfReference(text);
  const { bytes, file } = await fetchSource(client(), asked);
  const source = new TextDecoder().decode(bytes);
  terminal.answer({ reference: asked.reference, file, source }, () => source);
}

/** What is told of a version before its content. */
export function versionLines(found: ResolvedArtifact, colors: Colors): string[] {
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
  return lines;
}
