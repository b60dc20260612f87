import type { Command } from "commander";
import type { AnswerOf } from "../../client/route-types.ts";
import { type ChangeStreamOptions, streamChangeEvents } from "../../client/stream-change-events.ts";
import { type ChangeEvent, type ChangeType, changeType } from "../../contract/announcement/change-event.ts";
import { listEvents } from "../../contract/http/events.ts";
import { limits } from "../../contract/limits.ts";
import { didYouMean } from "../../domain/did-you-mean.ts";
import { CommandRefusal } from "../command-refusal.ts";
import { exampleText } from "../example-text.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { gather } from "../runs/label-flags.ts";
import { inSession, type Session } from "../session.ts";
import { plainText } from "../terminal/plain-text.ts";
import { renderChange } from "../terminal/render-change.ts";

interface Flags {
  follow?: boolean;
  since?: string;
  type?: string[];
  name?: string[];
}

/** What is asked for. */
type Wanted = Pick<ChangeStreamOptions, "after" | "types" | "names">;

/** `callsheet events`. */
export function addEventsCommand(program: Command): void {
  program
    .command("events")
    .description("what changed: versions and tags, oldest first; --json: a line of JSON for each")
    .option("-f, --follow", "what changes from now on, as it happens; Ctrl-C ends it")
    .option("--since <seq>", "what came after this change; with --follow both that and what comes")
    .option("--type <type>", `of this type only (several times): ${changeType.options.join(", ")}`, gather)
    .option("--name <pattern>", "of these names only (several times), as templates/image_* or functions/*", gather)
    .addHelpText(
      "after",
      exampleText(
        "events --since 1200",
        "events --follow --type version.published --name 'templates/*'",
        "events -f --json | jq .name",
      ),
    )
    .action((flags: Flags, command: Command) =>
      inSession(command, (session) => {
        const wanted = readWanted(flags);
        return flags.follow ? follow(session, wanted) : list(session, wanted);
      }),
    );
}

function readWanted({ since, type, name }: Flags): Wanted {
  if (since !== undefined && !/^\d{1,15}$/.test(since))
    throw new CommandRefusal(`--since ${plainText(since)}: give a change's number, as the first column tells it`);
  return {
    ...(since === undefined ? {} : { after: Number(since) }),
    ...(type === undefined ? {} : { types: type.flatMap((text) => text.split(",")).map(readType) }),
    ...(name === undefined ? {} : { names: name }),
  };
}

function readType(text: string): ChangeType {
  const found = changeType.safeParse(text.trim());
  if (found.success) return found.data;
  const near = didYouMean(text, changeType.options);
  const hint = near === null ? `there is ${changeType.options.join(", ")}` : `did you mean ${near}?`;
  throw new CommandRefusal(`--type ${plainText(text)} is no change; ${hint}`);
}

async function list({ client: connect, terminal }: Session, { after = 0, types, names }: Wanted): Promise<undefined> {
  const client = connect();
  const filter = {
    ...(types === undefined ? {} : { types: types.join(",") }),
    ...(names === undefined ? {} : { names: names.join(",") }),
  };
  let count = 0;
  for (let next: number | null = after; next !== null; ) {
    const query = { ...filter, after: String(next), limit: String(limits.pageItems) };
    const page: AnswerOf<typeof listEvents> = await client.call(listEvents, { query });
    for (const change of page.items) tell(terminal, change);
    count += page.items.length;
    next = page.next_after;
  }
  if (count === 0) terminal.note("nothing changed; --follow waits for what does");
}

async function follow({ client: connect, terminal }: Session, wanted: Wanted): Promise<ExitCode> {
  const client = connect();
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  process.once("SIGINT", stop).once("SIGTERM", stop);
  let isAway = false;
  let isBegun = false;
  try {
    const changes = streamChangeEvents(client, {
      ...wanted,
      signal: stopping.signal,
      onBreak: (failure) => {
        if (failure !== null && !isAway) terminal.note(`${client.url} does not answer; trying again`);
        isAway ||= failure !== null;
      },
      onResume: () => {
        if (isAway) terminal.note(`${client.url} answers again`);
        isAway = false;
      },
      onPosition: () => {
        if (!isBegun) terminal.note(`listening to ${client.url}; Ctrl-C ends it`);
        isBegun = true;
      },
    });
    for await (const change of changes) tell(terminal, change);
  } catch (error) {
    if (!stopping.signal.aborted) throw error;
  } finally {
    process.off("SIGINT", stop).off("SIGTERM", stop);
  }
  return exitCodes.ok;
}

function tell(terminal: Session["terminal"], change: ChangeEvent): void {
  terminal.event(change, () => renderChange(change, terminal.colors));
}
