import type { Command } from "commander";
import type { VersionList } from "../../contract/artifact/resolved.ts";
import { listTemplateVersions } from "../../contract/http/template-versions.ts";
import { exampleText } from "../example-text.ts";
import { inSession } from "../session.ts";
import type { Terminal } from "../terminal/open-terminal.ts";
import { paintState } from "../terminal/render-catalogue.ts";
import { table } from "../terminal/table.ts";

/** `callsheet versions`. */
export function addVersionsCommand(program: Command): void {
  program
    .command("versions")
    .description("the versions of a template, highest first, with their states and tags")
    .argument("<name>")
    .addHelpText("after", exampleText("versions image_generation"))
    .action((name: string, _flags: unknown, command: Command) =>
      inSession(command, async ({ client, terminal }) => {
        const first = await client().call(listTemplateVersions, { params: { name }, query: { limit: "200" } });
        const versions = [...first.versions];
        for (let cursor = first.next_cursor; cursor !== null; ) {
          const page = await client().call(listTemplateVersions, { params: { name }, query: { limit: "200", cursor } });
          versions.push(...page.versions);
          cursor = page.next_cursor;
        }
        const list = { ...first, versions, next_cursor: null };
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
