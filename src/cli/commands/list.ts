import { type Command, Option } from "commander";
import type { RequestOf } from "../../client/route-types.ts";
import type { CatalogueEntry } from "../../contract/artifact/catalogue.ts";
import type { ArtifactRoutes } from "../../contract/http/artifact-routes.ts";
import { artifactRoutes, type RoutedKind } from "../../contract/http/artifacts.ts";
import { exampleText } from "../example-text.ts";
import { inSession, type Session } from "../session.ts";
import { renderCatalogue } from "../terminal/render-catalogue.ts";

type Query = NonNullable<RequestOf<ArtifactRoutes["list"]>["query"]>;

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

/** The flags of commands that list either kind. */
export interface KindFlags extends ListFlags {
  kind: RoutedKind;
}

/** `callsheet list`. */
export function addListCommand(program: Command): void {
  addKindFlag(addListFlags(program.command("list").description("list templates, or functions, by name")))
    .addHelpText("after", exampleText("list --category image --gpu", "list --kind function --runtime numpy"))
    .action(({ kind, ...flags }: KindFlags, command: Command) =>
      inSession(command, (session) => printCatalogue(session, kind, flags, undefined)),
    );
}

/** Adds what `list` and `search` have in common. */
export function addListFlags(command: Command): Command {
  return command
    .option("--category <category>", "of this category")
    .option("--tag <keyword>", "with this keyword among their tags")
    .option("--runtime <runtime>", "done by this runtime; a function's is its memory type, python or javascript")
    .option("--gpu", "that need a GPU")
    .option("--no-gpu", "that need none")
    .option("--state <state>", "live, deprecated, yanked or deleted")
    .option("--limit <count>", "items of a page, at most 200")
    .option("--cursor <cursor>", "go on after the page that gave this cursor")
    .option("--all", "every page");
}

/** Adds the choice of what is listed. */
export function addKindFlag(command: Command): Command {
  const kinds = Object.keys(artifactRoutes);
  return command.addOption(new Option("--kind <kind>", "what to list").choices(kinds).default("template"));
}

/** Prints one page, or all pages, of the catalogue. */
export async function printCatalogue(
  session: Session,
  kind: RoutedKind,
  flags: ListFlags,
  q: string | undefined,
): Promise<undefined> {
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
    const page = await client.call(artifactRoutes[kind].list, { query: { ...query, cursor: next ?? undefined } });
    items.push(...page.items);
    next = page.next_cursor;
  } while (flags.all && next !== null);
  session.terminal.answer({ items, next_cursor: next }, () => renderCatalogue(session.terminal, kind, items, q));
  if (next !== null) session.terminal.note(`more: --all, or --cursor ${next}`);
}
