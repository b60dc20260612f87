import type { Command } from "commander";
import type { RequestOf } from "../../client/route-types.ts";
import type { EntitySummary } from "../../contract/entity/entity.ts";
import { listEntities, listEntityVersions } from "../../contract/http/entities.ts";
import { findEntityId } from "../entities/find-entity.ts";
import { exampleText } from "../example-text.ts";
import { refuseStray } from "../refuse-stray.ts";
import { findRunId } from "../runs/find-run.ts";
import { inSession, type Session } from "../session.ts";
import { shortId } from "../short-id.ts";
import { entityWords } from "../terminal/entity-words.ts";
import { showBytes } from "../terminal/show-size.ts";
import { showAge } from "../terminal/show-time.ts";
import { table } from "../terminal/table.ts";

type Query = NonNullable<RequestOf<typeof listEntities>["query"]>;

interface Flags {
  role?: Query["role"];
  name?: string;
  run?: string;
  newest?: boolean;
  limit?: string;
  cursor?: string;
  all?: boolean;
}

interface Page {
  items: EntitySummary[];
  next_cursor: string | null;
}

/** `callsheet entities list`, which `callsheet entities` means too. */
export function addEntitiesList(entities: Command): void {
  entities
    .command("list", { isDefault: true })
    .allowExcessArguments()
    .description("entities, newest first")
    .option("--role <role>", "input, output, failure or external")
    .option("--name <name>", "of this template, or with this label")
    .option("--run <id>", "of this run")
    .option("--newest", "only the newest version of each lineage")
    .option("--limit <count>", "entities of a page, at most 200", "20")
    .option("--cursor <cursor>", "go on after the page that gave this cursor")
    .option("--all", "every page")
    .addHelpText("after", exampleText("entities list --role output --name image_resize"))
    .action((flags: Flags, command: Command) =>
      inSession(command, async (session) => {
        refuseStray(command);
        const client = session.client();
        const run = flags.run === undefined ? undefined : await findRunId(client, flags.run);
        const { role, name } = flags;
        const query: Query = { role, name, run, newest: flags.newest ? "true" : undefined };
        await printPages(session, flags, (page) => client.call(listEntities, { query: { ...query, ...page } }));
        return undefined;
      }),
    );
}

/** `callsheet entities versions`. */
export function addEntitiesVersions(entities: Command): void {
  entities
    .command("versions")
    .description("all versions of an entity's lineage, newest first")
    .argument("<id>", "an entity's id, or its unique beginning or end among the newest")
    .addHelpText("after", exampleText("entities versions 2a6b1c0d"))
    .action((id: string, _flags: unknown, command: Command) =>
      inSession(command, async (session) => {
        const client = session.client();
        const params = { entity_id: await findEntityId(client, id) };
        await printPages(session, { all: true }, (query) => client.call(listEntityVersions, { params, query }));
        return undefined;
      }),
    );
}

async function printPages(
  { terminal }: Session,
  flags: Pick<Flags, "limit" | "cursor" | "all">,
  read: (page: { limit: string | undefined; cursor: string | undefined }) => Promise<Page>,
): Promise<void> {
  const items: EntitySummary[] = [];
  let next: string | null = flags.cursor ?? null;
  do {
    const page: Page = await read({ limit: flags.all ? "200" : flags.limit, cursor: next ?? undefined });
    items.push(...page.items);
    next = page.next_cursor;
  } while (flags.all && next !== null);
  terminal.answer({ items, next_cursor: next }, () => {
    if (items.length === 0) return "no entity fits; every run makes some, and so does `callsheet entities create`";
    const nowMs = Date.now();
    const rows = items.map((one) => [
      shortId(one.ecs_id),
      entityWords(one),
      String(one.lineage_version),
      showAge(one.created_at, nowMs),
      showBytes(one.data_bytes),
      one.derived_from_run === null ? "" : shortId(one.derived_from_run),
      one.ecs_id,
    ]);
    return table(terminal, ["ID", "WHAT", "VERSION", "AGE", "SIZE", "RUN", "WHOLE ID"], rows, (text, column) =>
      column === 0 ? terminal.colors.bold(text) : text,
    );
  });
  if (next !== null) terminal.note(`more: --all, or --cursor ${next}`);
}
