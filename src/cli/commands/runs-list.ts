import type { Command } from "commander";
import type { Client } from "../../client/create-client.ts";
import type { RequestOf } from "../../client/route-types.ts";
import { listRuns } from "../../contract/http/runs.ts";
import type { RunSummary } from "../../contract/run/run.ts";
import { CommandRefusal } from "../command-refusal.ts";
import { exampleText } from "../example-text.ts";
import { kindsOfReference } from "../kind-of-reference.ts";
import { refuseStray } from "../refuse-stray.ts";
import { findRunId } from "../runs/find-run.ts";
import { inSession, type Session } from "../session.ts";
import { shortId } from "../short-id.ts";
import { paintRunState } from "../terminal/paint-run-state.ts";
import { secondsBetween, showAge, showSeconds } from "../terminal/show-time.ts";
import { table } from "../terminal/table.ts";
import { kindOption } from "./list.ts";

type Query = NonNullable<RequestOf<typeof listRuns>["query"]>;

interface Flags {
  state?: Query["state"];
  name?: string;
  label?: string;
  pool?: string;
  entity?: string;
  kind?: Query["kind"];
  parent?: string;
  children?: boolean;
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
    .addOption(kindOption("runs of this kind only"))
    .option("--name <name>", "of this template, function or workflow")
    .option("--label <key=value>", "with this label")
    .option("--pool <pool>", "of this pool")
    .option("--entity <id>", "that took a value of this entity, or made it")
    .option("--parent <id>", "that do steps of this workflow's run")
    .option("--children", "those too that do steps of workflows; left out otherwise")
    .option("--limit <count>", "runs of a page, at most 200", "20")
    .option("--cursor <cursor>", "go on after the page that gave this cursor")
    .option("--all", "every page")
    .addHelpText(
      "after",
      exampleText(
        "runs list --state failed --name image_generation",
        "runs --label team=vision",
        "runs --parent 2a6b1c0d",
      ),
    )
    .action((flags: Flags, command: Command) =>
      inSession(command, (session) => {
        refuseStray(command);
        return printRuns(session, flags);
      }),
    );
}

async function printRuns({ terminal, client: connect }: Session, flags: Flags): Promise<undefined> {
  const client = connect();
  const { state, pool, entity, limit } = flags;
  const parent = await parentOf(client, flags);
  const asked = { state, pool, entity, label: readLabel(flags.label), parent };
  const narrowed = { ...asked, ...(await namedRuns(client, flags, asked)) };
  const query: Query = { ...narrowed, limit: flags.all ? "200" : limit };
  const items: RunSummary[] = [];
  let next: string | null = flags.cursor ?? null;
  do {
    const page = await client.call(listRuns, { query: { ...query, cursor: next ?? undefined } });
    items.push(...page.items);
    next = page.next_cursor;
  } while (flags.all && next !== null);
  const isNarrowed = Object.values({ ...narrowed, parent: flags.parent }).some((one) => one !== undefined);
  terminal.answer({ items, next_cursor: next }, () => {
    if (items.length === 0) return isNarrowed ? nothingFits(parent) : "no run yet; `callsheet run <name>` makes one";
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

/** Names are unique within their kind only: where no kind is said, the first of those that may have the name and has runs. */
async function namedRuns(
  client: Client,
  { kind, name: said }: Flags,
  asked: Query,
): Promise<Pick<Query, "kind" | "name">> {
  if (said === undefined || kind !== undefined) return { kind, name: said };
  const kinds = kindsOfReference(said);
  for (const { kind: likely, reference: name } of kinds) {
    if (kinds.length === 1) return { kind: likely, name };
    const { items } = await client.call(listRuns, { query: { ...asked, kind: likely, name, limit: "1" } });
    if (items.length > 0) return { kind: likely, name };
  }
  return { kind: kinds[0]?.kind, name: said };
}

/** Runs that do steps of workflows are left out, unless they are asked for, or what is asked is about them too. */
async function parentOf(client: Client, { parent, children, entity, pool }: Flags): Promise<string | undefined> {
  if (parent !== undefined) return findRunId(client, parent);
  return children === true || entity !== undefined || pool !== undefined ? undefined : "none";
}

function nothingFits(parent: string | undefined): string {
  return parent === "none" ? "no run fits; --children looks among those that do steps of workflows too" : "no run fits";
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
    // Workflows and calls of agents are done by the registry itself.
    run.runner === null || run.runner === run.pool ? "" : run.runner,
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
