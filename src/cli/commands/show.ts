import type { Command } from "commander";
import { stringify } from "yaml";
import type { Client } from "../../client/create-client.ts";
import { agentCard } from "../../contract/agent/card.ts";
import type { ResolvedArtifact } from "../../contract/artifact/resolved.ts";
import { workflowDocument } from "../../contract/workflow/document.ts";
import { findHealth } from "../agents/find-agent.ts";
import { askEachKind } from "../ask-each-kind.ts";
import { exampleText } from "../example-text.ts";
import { fetchSource } from "../fetch-source.ts";
import { inSession, type Session } from "../session.ts";
import type { Terminal } from "../terminal/open-terminal.ts";
import { renderAgent } from "../terminal/render-agent.ts";
import { renderWorkflow } from "../terminal/render-workflow.ts";
import { versionLines } from "../terminal/version-lines.ts";

/** `callsheet show`. */
export function addShowCommand(program: Command): void {
  program
    .command("show")
    .description("look an artifact up: a document as YAML, parents merged in; the steps of a workflow; an agent's card")
    .argument("<reference>", "name, name@1.2.3, name@^1, name@tag or name@sha256:…; workflow/name, agent/name")
    .option("--source", "the source as it was published, comments and all")
    .addHelpText(
      "after",
      exampleText(
        "show image_generation",
        "show numpy.sharpen@^1 --source",
        "show workflow/code-generation@v1",
        "show agents/plan",
      ),
    )
    .action((text: string, flags: { source?: boolean }, command: Command) =>
      inSession(command, (session) => (flags.source ? printSource(session, text) : printArtifact(session, text))),
    );
}

/** Prints what a reference means. */
export async function printArtifact({ client: connect, terminal }: Session, text: string): Promise<undefined> {
  const client = connect();
  const found = await askEachKind(text, ({ routes, reference }) => client.call(routes.get, { params: { reference } }));
  const drawn = terminal.isJson ? "" : await draw(client, terminal, found);
  terminal.answer(found, () => drawn);
}

/** Prints a source as its author published it. */
export async function printSource({ client, terminal }: Session, text: string): Promise<undefined> {
  const { reference, bytes, file } = await askEachKind(text, async (asked) => ({
    reference: asked.reference,
    ...(await fetchSource(client(), asked)),
  }));
  const source = new TextDecoder().decode(bytes);
  terminal.answer({ reference, file, source }, () => source);
}

/** What is looked up, for people; a document that cannot be read as what it is, as YAML. */
async function draw(client: Client, terminal: Terminal, found: ResolvedArtifact): Promise<string> {
  const title = versionLines(found, terminal.colors);
  if (found.kind === "agent") {
    const card = agentCard.safeParse(found.document);
    if (card.success) return renderAgent(terminal, title, card.data, await findHealth(client, found.name), Date.now());
  }
  if (found.kind === "workflow") {
    const workflow = workflowDocument.safeParse(found.document);
    if (workflow.success) return renderWorkflow(terminal, title, workflow.data);
  }
  // YAML comments, so that the whole is a document still.
  const header = title.map((line) => `${terminal.colors.dim("#")} ${line}`);
  return `${header.join("\n")}\n${stringify(found.document)}`;
}
