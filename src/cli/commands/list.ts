import { type Command, InvalidArgumentError, Option } from "commander";
import { type ArtifactKind, artifactKind } from "../../contract/artifact/kind.ts";
import { CommandRefusal } from "../command-refusal.ts";
import { exampleText } from "../example-text.ts";
import { type CatalogueQuery, readCatalogue } from "../gather-catalogue.ts";
import { readKind } from "../kind-of-reference.ts";
import { inSession, type Session } from "../session.ts";
import type { Terminal } from "../terminal/open-terminal.ts";
import { renderCatalogue } from "../terminal/render-catalogue.ts";

/** What narrows a list or a search down, as the command line spells it. */
export interface ListFlags {
  category?: string;
  tag?: string;
  runtime?: string;
  gpu?: boolean;
  state?: CatalogueQuery["state"];
  limit?: string;
  cursor?: string;
  all?: boolean;
}

/** The flags of commands that list any kind. */
export interface KindFlags extends ListFlags {
  kind?: ArtifactKind;
}

/** What is listed where no kind is said. */
export const usualKind = "template" satisfies ArtifactKind;

/** `callsheet list`. */
export function addListCommand(program: Command): void {
  const command = program
    .command("list")
    .description("list templates, functions, workflows or agents, by name")
    .argument("[kind]", `${artifactKind.options.join(", ")}, or one of their plurals`, parseKind);
  addKindFlag(addListFlags(command))
    .addHelpText(
      "after",
      exampleText("list --category image --gpu", "list workflows", "list functions --runtime numpy", "list agents"),
    )
    .action((said: ArtifactKind | undefined, { kind = said ?? usualKind, ...flags }: KindFlags, self: Command) =>
      inSession(self, (session) => {
        if (said !== undefined && said !== kind) throw new CommandRefusal(`list ${said}, or --kind ${kind}? Say one`);
        return printCatalogue(session, kind, flags, undefined);
      }),
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
  return command.addOption(kindOption(`${usualKind} when left out`));
}

/** `--kind`; `what` says what it is for. */
export function kindOption(what: string): Option {
  return new Option("--kind <kind>", `${artifactKind.options.join(", ")}: ${what}`).argParser(parseKind);
}

function parseKind(text: string): ArtifactKind {
  const kind = readKind(text);
  if (kind === null) throw new InvalidArgumentError(`There are ${artifactKind.options.join(", ")}.`);
  return kind;
}

/** Prints one page, or all pages, of the catalogue. */
export async function printCatalogue(
  session: Session,
  kind: ArtifactKind,
  flags: ListFlags,
  q: string | undefined,
): Promise<undefined> {
  const { terminal } = session;
  const page = await readCatalogue(session.client(), kind, queryOf(flags, q), flags.all === true);
  terminal.answer(page, () => renderCatalogue(terminal, kind, page.items, q));
  tellMore(terminal, page.next_cursor);
}

/** The query that flags mean. */
export function queryOf(flags: ListFlags, q: string | undefined): CatalogueQuery {
  return {
    q,
    category: flags.category,
    tag: flags.tag,
    runtime: flags.runtime,
    gpu: flags.gpu === undefined ? undefined : flags.gpu ? "true" : "false",
    state: flags.state,
    limit: flags.limit ?? (flags.all ? "200" : undefined),
    cursor: flags.cursor,
  };
}

/** Says how to go on where a list has more pages. */
export function tellMore(terminal: Terminal, next: string | null): void {
  if (next !== null) terminal.note(`more: --all, or --cursor ${next}`);
}
