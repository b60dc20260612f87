import type { Command } from "commander";
import type { VersionList } from "../../contract/artifact/resolved.ts";
import { askEachKind } from "../ask-each-kind.ts";
import { exampleText } from "../example-text.ts";
import { listVersions } from "../list-versions.ts";
import { inSession } from "../session.ts";
import type { Terminal } from "../terminal/open-terminal.ts";
import { paintState } from "../terminal/render-catalogue.ts";
import { table } from "../terminal/table.ts";

/** `callsheet versions`. */
export function addVersionsCommand(program: Command): void {
  program
    .command("versions")
    .description("the versions of an artifact, highest first, with their states and tags")
    .argument("<name>")
    .addHelpText("after", exampleText("versions image_generation", "versions workflow/code-generation"))
    .action((text: string, _flags: unknown, command: Command) =>
      inSession(command, async ({ client, terminal }) => {
        const list = await askEachKind(text, ({ routes, reference }) => listVersions(client(), routes, reference));
        terminal.answer(list, () => render(terminal, list));
        return undefined;
      }),
    );
}

function render(terminal: Terminal, list: VersionList): string {
  const rows = list.versions.map((entry) => [
    entry.version,
    entry.state,
    Object.keys(list.tags)
      .filter((tag) => list.tags[tag] === entry.version)
      .sort()
      .join(", "),
    entry.published_at,
    entry.published_by,
    entry.digest.slice(0, "sha256:".length + 12),
    [entry.notice?.message, entry.notice?.successor && `use ${entry.notice.successor}`].filter(Boolean).join("; "),
  ]);
  const head = ["VERSION", "STATE", "TAGS", "PUBLISHED", "BY", "DIGEST", "NOTICE"];
  return table(terminal, head, rows, (text, column) => (column === 1 ? paintState(text, terminal.colors) : text));
}
