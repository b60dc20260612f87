import type { WebhookSource } from "../../contract/webhook/source.ts";
import { setupSteps } from "../webhooks/setup-steps.ts";
import { facts } from "./facts.ts";
import type { Colors, Terminal } from "./open-terminal.ts";
import { plainText } from "./plain-text.ts";
import { minuteOf, showAge, showAgo } from "./show-time.ts";
import { table } from "./table.ts";

const shortCommit = 10;

/** Webhook sources as a table. */
export function renderSources(terminal: Terminal, sources: readonly WebhookSource[], nowMs: number): string {
  if (sources.length === 0) {
    return "no source yet; `callsheet webhooks add <name> --github owner/repository` makes one";
  }
  const rows = sources.map((one) => [
    one.name,
    one.state,
    one.provider,
    one.repository,
    one.branch,
    modeText(one),
    one.synced_commit === null ? "nothing yet" : one.synced_commit.slice(0, shortCommit),
    one.synced_at === null ? "" : showAge(one.synced_at, nowMs),
    String(one.files),
  ]);
  const head = ["NAME", "STATE", "HOST", "REPOSITORY", "BRANCH", "DOES", "STANDS AT", "SINCE", "FILES"];
  return table(terminal, head, rows, (text, column) =>
    column === 0 ? terminal.colors.bold(text) : column === 1 ? paintState(text, terminal.colors) : text,
  );
}

/** All of one source but its secrets. */
export function renderSource(source: WebhookSource, registryUrl: string, colors: Colors, nowMs: number): string {
  const { synced_commit: commit, synced_at: syncedAt } = source;
  const stands =
    commit === null ? "nothing yet" : `${commit}${syncedAt === null ? "" : `, ${showAgo(syncedAt, nowMs)}`}`;
  return facts(
    [
      ["source", `${colors.bold(source.name)}  ${paintState(source.state, colors)}`],
      ["repository", `${source.repository}, branch ${source.branch}  ${colors.dim(`(${source.provider})`)}`],
      ["paths", source.paths.join(", ")],
      ["does", modeText(source)],
      ["all or nothing", source.atomic ? "yes" : "no, each file by itself"],
      ["removed files", source.removals === "deprecate" ? "deprecate what they published" : "change nothing"],
      [
        "statuses",
        source.statuses ? (source.has_credential ? "posted to commits" : "not posted: there is no credential") : "off",
      ],
      ["credential", source.has_credential ? "there is one" : "none"],
      ["host's API", source.api_url],
      ["hook", `${registryUrl}${source.hook_path}  ${colors.dim(`(secret ${source.secret_hint})`)}`],
      ["stands at", stands],
      ["files", String(source.files)],
      ["made", `${minuteOf(source.created_at)} by ${plainText(source.created_by)}`],
    ],
    colors,
  );
}

/** What to enter at the host. */
export function renderSetup(source: WebhookSource, registryUrl: string, secret: string | null, colors: Colors): string {
  const { where, enter } = setupSteps(source, registryUrl, secret);
  const told = enter.map(([name, value]): [string, string] => [name, value ?? colors.dim("the one that was given")]);
  return `${where}\n\n${indent(facts(told, colors))}`;
}

function indent(text: string): string {
  return text
    .split("\n")
    .map((line) => `  ${line}`)
    .join("\n");
}

function modeText({ mode }: WebhookSource): string {
  return mode === "publish" ? "publishes" : "plans only";
}

function paintState(text: string, colors: Colors): string {
  return text === "active" ? colors.green(text) : text === "paused" ? colors.yellow(text) : text;
}
