import type { Command } from "commander";
import type { RequestOf } from "../../client/route-types.ts";
import type { CatalogueEntry } from "../../contract/artifact/catalogue.ts";
import { listTemplates } from "../../contract/http/templates.ts";
import { exampleText } from "../example-text.ts";
import { inSession, type Session } from "../session.ts";
import { renderCatalogue } from "../terminal/render-catalogue.ts";

type Query = NonNullable<RequestOf<typeof listTemplates>["query"]>;

/** What narrows a list or a search down, as the command line spells it. */
export interface ListFlags {
  category?: string;
  tag?: string;
  runtime?: string;
  gpu?: boolean;
  state?: Query["state"];
  limit?: string;
  cursor?: string;
  all?: boolean;
}

/** `callsheet list`. */
export function addListCommand(program: Command): void {
  addListFlags(program.command("list").description("list templates, by name"))
    .addHelpText("after", exampleText("list --category image --gpu", "list --all --json"))
    .action((flags: ListFlags, command: Command) =>
      inSession(command, (session) => printCatalogue(session, flags, undefined)),
    );
}

/** Adds what `list` and `search` have in common. */
export function addListFlags(command: Command): Command {
  return command
    .option("--category <category>", "of this category")
    .option("--tag <keyword>", "with this keyword among their tags")
    .option("--runtime <runtime>", "done by this runtime")
    .option("--gpu", "that need a GPU")
    .option("--no-gpu", "that need none")
    .option("--state <state>", "live, deprecated, yanked or deleted")
    .option("--limit <count>", "items of a page, at most 200")
    .option("--cursor <cursor>", "go on after the page that gave this cursor")
    .option("--all", "every page");
}

/** Prints one page, or all pages, of the catalogue. */
export async function printCatalogue(session: Session, flags: ListFlags, q: string | undefined): Promise<undefined> {
  const query: Query = {
    q,
    category: flags.category,
    tag: flags.tag,
    runtime: flags.runtime,
    gpu: flags.gpu === undefined ? undefined : flags.gpu ? "true" : "false",
    state: flags.state,
    limit: flags.limit ?? (flags.all ? "200" : undefined),
    cursor: flags.cursor,
  };
  const client = session.client();
  const items: CatalogueEntry[] = [];
  let next: string | null = flags.cursor ?? null;
  do {
    const page = await client.call(listTemplates, { query: { ...query, cursor: next ?? undefined } });
    items.push(...page.items);
    next = page.next_cursor;
  } while (flags.all && next !== null);
  session.terminal.answer({ items, next_cursor: next }, () => renderCatalogue(session.terminal, items, q));
  if (next !== null) session.terminal.note(`more: --all, or --cursor ${next}`);
}
