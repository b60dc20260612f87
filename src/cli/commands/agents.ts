import type { Command } from "commander";
import { type FoundAgent, findAgent } from "../agents/find-agent.ts";
import { exampleText } from "../example-text.ts";
import { readCatalogue } from "../gather-catalogue.ts";
import { inTurns } from "../in-turns.ts";
import { inSession, type Session } from "../session.ts";
import type { Terminal } from "../terminal/open-terminal.ts";
import { paintHealth, renderAgent } from "../terminal/render-agent.ts";
import { paintState } from "../terminal/render-catalogue.ts";
import { table } from "../terminal/table.ts";
import { versionLines } from "../terminal/version-lines.ts";
import { type ListFlags, queryOf, tellMore } from "./list.ts";

const agentsAtOnce = 6;

/** `callsheet agents`. */
export function addAgentsCommand(program: Command): void {
  program
    .command("agents")
    .description("agents: whether they answer, where, and what they can do; of one, its card")
    .argument("[reference]", "the card of one: name, name@1.2.3, name@^1 or name@tag")
    .option("--tag <keyword>", "with this keyword among their skills' tags")
    .option("--state <state>", "live, deprecated, yanked or deleted")
    .option("--limit <count>", "items of a page, at most 200")
    .option("--cursor <cursor>", "go on after the page that gave this cursor")
    .option("--all", "every page")
    .addHelpText("after", exampleText("agents", "agents plan-agent", "agents plan-agent@^1 --json"))
    .action((text: string | undefined, flags: ListFlags, command: Command) =>
      inSession(command, (session) =>
        text === undefined ? printAgents(session, flags) : printAgent(session, text.replace(/^agents?\//, "")),
      ),
    );
}

async function printAgent({ client, terminal }: Session, reference: string): Promise<undefined> {
  const { found, card, health } = await findAgent(client(), reference);
  terminal.answer({ ...found, health }, () =>
    renderAgent(terminal, versionLines(found, terminal.colors), card, health, Date.now()),
  );
}

async function printAgents({ client: connect, terminal }: Session, flags: ListFlags): Promise<undefined> {
  const client = connect();
  const page = await readCatalogue(client, "agent", queryOf(flags, undefined), flags.all === true);
  const agents = await inTurns(page.items, agentsAtOnce, async (entry) => ({
    ...entry,
    // A deleted version has no card any more.
    ...(entry.state === "deleted" ? nothingKnown : toldOf(await findAgent(client, `${entry.name}@${entry.version}`))),
  }));
  terminal.answer({ items: agents, next_cursor: page.next_cursor }, () => {
    if (agents.length === 0) return "no agent is registered; `callsheet publish <card>` registers one";
    const rows = agents.map((one) => [
      one.name,
      one.version,
      one.state,
      one.health?.state ?? "unknown",
      one.url ?? "",
      one.skills.join(", "),
    ]);
    return table(terminal, ["NAME", "VERSION", "STATE", "HEALTH", "URL", "SKILLS"], rows, paintCell(terminal));
  });
  tellMore(terminal, page.next_cursor);
}

const nothingKnown = { url: null, labels: {}, skills: [], health: null };

function toldOf({ card, health }: FoundAgent) {
  return { url: card.url, labels: card.labels ?? {}, skills: card.skills.map(({ id }) => id), health };
}

function paintCell({ colors }: Terminal) {
  return (text: string, column: number): string => {
    if (column === 0) return colors.bold(text);
    if (column === 2) return paintState(text, colors);
    return column === 3 ? paintHealth(text, colors) : text;
  };
}
