import type { Command } from "commander";
import { streamRunEvents } from "../../client/stream-run-events.ts";
import { listRunEvents, listRunLogs } from "../../contract/http/runs.ts";
import type { LogEvent, RunEvent } from "../../contract/run/run-event.ts";
import { exampleText } from "../example-text.ts";
import { findRunId } from "../runs/find-run.ts";
import { inSession, type Session } from "../session.ts";
import type { Colors, Terminal } from "../terminal/open-terminal.ts";
import { paintRunState } from "../terminal/paint-run-state.ts";
import { logText, plainText } from "../terminal/plain-text.ts";
import { clockOf } from "../terminal/show-time.ts";

interface Flags {
  follow?: boolean;
  attempt?: string;
}

/** `callsheet runs logs`. */
export function addRunsLogs(runs: Command): void {
  runs
    .command("logs")
    .description("what a run's handler printed")
    .argument("<id>", "a run's id, or its unique beginning or end among the newest")
    .option("-f, --follow", "go on until the run has ended")
    .option("--attempt <number>", "of this attempt only")
    .addHelpText("after", exampleText("runs logs 2a6b1c0d -f"))
    .action((id: string, flags: Flags, command: Command) =>
      inSession(command, async (session) => {
        if (flags.follow) await followLogs(session, id, flags.attempt);
        else await printLogs(session, id, flags.attempt);
        return undefined;
      }),
    );
}

/** `callsheet runs events`. */
export function addRunsEvents(runs: Command): void {
  runs
    .command("events")
    .description("what happened in a run: states, progress, log lines")
    .argument("<id>", "a run's id, or its unique beginning or end among the newest")
    .option("-f, --follow", "go on until the run has ended")
    .addHelpText("after", exampleText("runs events 2a6b1c0d -f --json"))
    .action((id: string, flags: Flags, command: Command) =>
      inSession(command, async (session) => {
        if (flags.follow) await followEvents(session, id);
        else await printEvents(session, id);
        return undefined;
      }),
    );
}

async function printLogs(
  { terminal, client: connect }: Session,
  id: string,
  attempt: string | undefined,
): Promise<void> {
  const client = connect();
  const run_id = await findRunId(client, id);
  const lines: LogEvent[] = [];
  let ended = false;
  let cursor: string | null = null;
  do {
    const query: { attempt?: string; limit: string; cursor?: string } = { limit: "200" };
    if (attempt !== undefined) query.attempt = attempt;
    if (cursor !== null) query.cursor = cursor;
    const page = await client.call(listRunLogs, { params: { run_id }, query });
    lines.push(...page.lines);
    ended = page.ended;
    cursor = page.next_cursor;
  } while (cursor !== null);
  terminal.answer({ lines, ended, next_cursor: null }, () =>
    lines.map((line) => logLine(line, terminal.colors)).join("\n"),
  );
  if (lines.length === 0) terminal.note(ended ? "it printed nothing" : "it has printed nothing so far; -f waits");
}

async function followLogs(session: Session, id: string, attempt: string | undefined): Promise<void> {
  for await (const event of eventsOf(session, id)) {
    if (event.type !== "log" || (attempt !== undefined && event.attempt !== Number(attempt))) continue;
    session.terminal.event(event, () => logLine(event, session.terminal.colors));
  }
}

async function printEvents({ terminal, client: connect }: Session, id: string): Promise<void> {
  const client = connect();
  const run_id = await findRunId(client, id);
  const events: RunEvent[] = [];
  let ended = false;
  for (let isMore = true; isMore; ) {
    const after = String(events.at(-1)?.id ?? 0);
    const page = await client.call(listRunEvents, { params: { run_id }, query: { after, limit: "200" } });
    events.push(...page.events);
    ended = page.ended;
    isMore = page.events.length === 200;
  }
  terminal.answer({ events, ended }, () => events.map((event) => eventLine(event, terminal.colors)).join("\n"));
}

async function followEvents(session: Session, id: string): Promise<void> {
  for await (const event of eventsOf(session, id)) {
    session.terminal.event(event, () => eventLine(event, session.terminal.colors));
  }
}

async function* eventsOf({ terminal, client: connect }: Session, id: string): AsyncGenerator<RunEvent> {
  const client = connect();
  const runId = await findRunId(client, id);
  yield* streamRunEvents(client, runId, { onBreak: sayOnce(terminal) });
}

/** A stream may end without a failure and is taken up again; only a registry that is away is worth a word, and only once. */
function sayOnce(terminal: Terminal): (failure: unknown) => void {
  let isSaid = false;
  return (failure) => {
    if (failure !== null && !isSaid) terminal.note("the registry does not answer; trying again");
    isSaid = failure !== null;
  };
}

function logLine({ stream, text }: LogEvent, colors: Colors): string {
  return stream === "stdout" ? logText(text) : colors.dim(logText(text));
}

function eventLine(event: RunEvent, colors: Colors): string {
  const lead = `${colors.dim(clockOf(event.at))}  ${event.type.padEnd(8)}  `;
  switch (event.type) {
    case "log":
      return lead + logLine(event, colors);
    case "progress": {
      const { percent, stage, message } = event.progress;
      const told = [`${Math.floor(percent)} %`, stage, message].flatMap((part) =>
        part === null ? [] : [plainText(part)],
      );
      return lead + told.join("  ");
    }
    case "step": {
      const { path, state, reason } = event.step;
      return lead + [path, state, ...(reason === null ? [] : [plainText(reason)])].join("  ");
    }
    case "state": {
      const { state, attempt, runner, failure, retry_at } = event;
      const parts = [
        paintRunState(state, colors),
        ...(attempt > 0 ? [`attempt ${attempt}`] : []),
        ...(runner === null ? [] : [`on ${plainText(runner)}`]),
        ...(failure === null ? [] : [`${failure.code} (${failure.class}): ${plainText(failure.message)}`]),
        ...(retry_at === null ? [] : [`again at ${clockOf(retry_at)}`]),
      ];
      return lead + parts.join("  ");
    }
  }
}
