import type { FileOutcome, IncomingDelivery } from "../../contract/webhook/delivery.ts";
import { facts } from "./facts.ts";
import type { Colors, Terminal } from "./open-terminal.ts";
import { count, plainText } from "./plain-text.ts";
import { renderIssue } from "./render-issues.ts";
import { minuteOf, showAge, showAgo } from "./show-time.ts";
import { table } from "./table.ts";

const shortCommit = 10;

/** Deliveries that came in, as a table. */
export function renderDeliveries(
  terminal: Terminal,
  deliveries: readonly IncomingDelivery[],
  isNarrowed: boolean,
  nowMs: number,
): string {
  if (deliveries.length === 0) return isNarrowed ? "no delivery fits" : "nothing came in yet";
  const rows = deliveries.map((one) => [
    one.id,
    one.state,
    one.event,
    one.commit === null ? "" : one.commit.slice(0, shortCommit),
    one.pusher ?? "",
    showAge(one.received_at, nowMs),
    one.outcome === null ? "" : countsText(one.outcome.counts),
    one.reason ?? "",
  ]);
  const head = ["ID", "STATE", "EVENT", "COMMIT", "BY", "AGE", "FILES", "WHY"];
  return table(terminal, head, rows, (text, column) => (column === 1 ? paintDelivery(text, terminal.colors) : text));
}

/** One delivery: what it was, and what became of each file, the issues with their lines. */
export function renderDelivery(delivery: IncomingDelivery, colors: Colors, nowMs: number): string {
  const { id, state, outcome, next_attempt_at: next } = delivery;
  const head = facts(
    [
      ["delivery", `${id}  ${paintDelivery(state, colors)}`],
      ["why", delivery.reason === null ? null : plainText(delivery.reason)],
      ["event", plainText(`${delivery.event}${delivery.ref === null ? "" : ` to ${delivery.ref}`}`)],
      ["commit", delivery.commit],
      ["after", outcome?.base ?? null],
      ["pushed by", delivery.pusher === null ? null : plainText(delivery.pusher)],
      ["came", `${minuteOf(delivery.received_at)} (${showAgo(delivery.received_at, nowMs)})`],
      ["tries", delivery.attempts < 2 ? null : String(delivery.attempts)],
      ["next try", next === null ? null : minuteOf(next)],
      ["on the commit", statusText[delivery.status_posted]],
      ["host's id", plainText(delivery.host_id)],
    ],
    colors,
  );
  return outcome === null ? head : `${head}\n\n${renderFiles(outcome.files, outcome.counts, outcome.dry_run, colors)}`;
}

function renderFiles(
  files: readonly FileOutcome[],
  counts: Record<string, number>,
  isDryRun: boolean,
  colors: Colors,
): string {
  const sum = Object.values(counts).reduce((all, one) => all + one, 0);
  if (sum === 0) return "nothing in it is published, so nothing was done";
  const plan = isDryRun ? "  (planned only: nothing was changed)" : "";
  return [
    ...files.map((file) => renderFile(file, colors)),
    `${count(sum, "file")}: ${countsText(counts)}${colors.dim(plan)}`,
  ].join("\n");
}

function renderFile(file: FileOutcome, colors: Colors): string {
  const { path, previous_path: before, status, artifacts, code, message } = file;
  const from = before === null ? "" : ` (was ${plainText(before)})`;
  const named = artifacts.map(({ kind, name, version }) => `${kind} ${name}${version === null ? "" : ` ${version}`}`);
  // Its issues say the same, with their places.
  const why =
    message === null || file.issues.length > 0 ? "" : `${code === null ? "" : `${code}: `}${plainText(message)}`;
  const line = [paintFile(status, colors), plainText(path) + from, named.join(", "), why].filter((part) => part !== "");
  const issues = file.issues.map((found) => `${renderIssue({ ...found, file: plainText(path) }, undefined, colors)}\n`);
  return [line.join("  "), ...issues].join("\n");
}

const widestStatus = "deprecated".length;

function paintFile(status: FileOutcome["status"], colors: Colors): string {
  const padded = status.padEnd(widestStatus);
  switch (status) {
    case "rejected":
      return colors.red(padded);
    case "held":
      return colors.yellow(padded);
    case "unchanged":
    case "skipped":
      return colors.dim(padded);
    default:
      return colors.green(padded);
  }
}

function countsText(counts: Record<string, number>): string {
  return Object.entries(counts)
    .filter(([, number]) => number > 0)
    .map(([status, number]) => `${number} ${status}`)
    .join(", ");
}

const statusText = {
  no: null,
  waiting: "a status waits to be posted",
  posted: "a status is posted",
  given_up: "no status could be posted",
} as const satisfies Record<IncomingDelivery["status_posted"], string | null>;

const stateColor = {
  queued: "yellow",
  working: "cyan",
  succeeded: "green",
  failed: "red",
  ignored: "dim",
} as const satisfies Record<IncomingDelivery["state"], keyof Colors>;

function paintDelivery(text: string, colors: Colors): string {
  for (const [state, color] of Object.entries(stateColor)) if (text === state) return colors[color](text);
  return text;
}
