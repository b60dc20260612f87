import type { Command } from "commander";
import type { RequestOf } from "../../client/route-types.ts";
import { listRuns } from "../../contract/http/runs.ts";
import type { RunSummary } from "../../contract/run/run.ts";
import { CommandRefusal } from "../command-refusal.ts";
import { exampleText } from "../example-text.ts";
import { refuseStray } from "../refuse-stray.ts";
import { inSession, type Session } from "../session.ts";
import { shortId } from "../short-id.ts";
import { paintRunState } from "../terminal/paint-run-state.ts";
import { secondsBetween, showAge, showSeconds } from "../terminal/show-time.ts";
import { table } from "../terminal/table.ts";

type Query = NonNullable<RequestOf<typeof listRuns>["query"]>;

interface Flags {
  state?: Query["state"];
  name?: string;
  label?: string;
  pool?: string;
  entity?: string;
  limit?: string;
  cursor?: string;
  all?: boolean;
}

/** `callsheet runs list`, which `callsheet runs` means too. */
export function addRunsList(runs: Command): void {
  runs
    .command("list", { isDefault: true })
    .allowExcessArguments()
    .description("runs, newest first")
    .option("--state <state>", "queued, leased, running, succeeded, failed or cancelled")
    .option("--name <name>", "of this template or function")
    .option("--label <key=value>", "with this label")
    .option("--pool <pool>", "of this pool")
    .option("--entity <id>", "that took a value of this entity, or made it")
    .option("--limit <count>", "runs of a page, at most 200", "20")
    .option("--cursor <cursor>", "go on after the page that gave this cursor")
    .option("--all", "every page")
    .addHelpText("after", exampleText("runs list --state failed --name image_generation", "runs --label team=vision"))
    .action((flags: Flags, command: Command) =>
      inSession(command, (session) => {
        refuseStray(command);
        return printRuns(session, flags);
      }),
    );
}

async function printRuns({ terminal, client: connect }: Session, flags: Flags): Promise<undefined> {
  const client = connect();
  const { state, name, pool, entity, limit } = flags;
  const query: Query = { state, name, pool, entity, label: readLabel(flags.label), limit: flags.all ? "200" : limit };
  const items: RunSummary[] = [];
  let next: string | null = flags.cursor ?? null;
  do {
    const page = await client.call(listRuns, { query: { ...query, cursor: next ?? undefined } });
    items.push(...page.items);
    next = page.next_cursor;
  } while (flags.all && next !== null);
  const isNarrowed = [state, name, pool, entity, flags.label].some((one) => one !== undefined);
  terminal.answer({ items, next_cursor: next }, () => {
    if (items.length === 0) return isNarrowed ? "no run fits" : "no run yet; `callsheet run <name>` makes one";
    const nowMs = Date.now();
    return table(
      terminal,
      head,
      items.map((one) => rowOf(one, nowMs)),
      (text, column) =>
        column === 0 ? terminal.colors.bold(text) : column === 1 ? paintRunState(text, terminal.colors) : text,
    );
  });
  if (next !== null) terminal.note(`more: --all, or --cursor ${next}`);
  return undefined;
}

const head = ["ID", "STATE", "NAME", "AGE", "TOOK", "DONE", "POOL", "RUNNER", "WHY"];

function rowOf(run: RunSummary, nowMs: number): string[] {
  const { started_at, finished_at, percent, failure } = run;
  const isUnderWay = run.state === "running" || run.state === "leased";
  const end = finished_at ?? (isUnderWay ? new Date(nowMs).toISOString() : null);
  return [
    shortId(run.id),
    run.state,
    `${run.name} ${run.version}`,
    showAge(run.created_at, nowMs),
    started_at === null || end === null ? "" : showSeconds(secondsBetween(started_at, end)),
    percent === null ? "" : `${Math.floor(percent)} %`,
    run.pool,
    run.runner ?? "",
    failure === null ? "" : `${failure.code}: ${failure.message}`,
  ];
}

/** The command line writes `key=value`, the address `key:value`. */
function readLabel(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const at = text.indexOf("=");
  if (at < 1) throw new CommandRefusal(`--label ${text}: write key=value, like --label team=vision`);
  return `${text.slice(0, at)}:${text.slice(at + 1)}`;
}
