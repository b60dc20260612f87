import type { TrustedPublisher } from "../../contract/access/publisher.ts";
import type { AccessToken, CreatedToken } from "../../contract/access/token.ts";
import { facts } from "./facts.ts";
import type { Colors, Terminal } from "./open-terminal.ts";
import { plainText } from "./plain-text.ts";
import { minuteOf, showAge, showAgo, showEnd, showSeconds } from "./show-time.ts";
import { table } from "./table.ts";

/** Access tokens as a table. */
export function renderTokens(
  terminal: Terminal,
  tokens: readonly AccessToken[],
  isAll: boolean,
  nowMs: number,
): string {
  if (tokens.length === 0) {
    return isAll
      ? "no token was ever made; `callsheet tokens create <name> --scope publish` makes one"
      : "no token is live; `callsheet tokens create <name> --scope publish` makes one, --all tells those that ended";
  }
  const rows = tokens.map((one) => [
    one.id,
    one.name,
    one.state,
    one.scopes.join(", "),
    one.expires_at === null ? "never" : showEnd(one.expires_at, nowMs),
    one.last_used_at === null ? "never" : showAge(one.last_used_at, nowMs),
    one.names.join(", "),
  ]);
  const head = ["ID", "NAME", "STATE", "MAY", "EXPIRES", "USED", "NAMES"];
  return table(terminal, head, rows, (text, column) =>
    column === 1 ? terminal.colors.bold(text) : column === 2 ? paintState(text, terminal.colors) : text,
  );
}

/** All of one token but its secret. */
export function renderToken(token: AccessToken, colors: Colors, nowMs: number): string {
  const { id, name, state, hint, scopes, names, rate_class, created_at, created_by } = token;
  return facts(
    [
      ["token", `${id}  ${colors.dim(`(${hint}…)`)}`],
      ["name", colors.bold(plainText(name))],
      ["state", paintState(state, colors)],
      ["may", scopes.join(", ")],
      ["names", names.join(", ")],
      ["rate", rate_class],
      ["made", `${minuteOf(created_at)} by ${plainText(created_by)}`],
      ["expires", showEnd(token.expires_at, nowMs)],
      ["used", token.last_used_at === null ? "never" : `${showAgo(token.last_used_at, nowMs)}, to the minute`],
      [
        "revoked",
        token.revoked_at === null ? null : `${minuteOf(token.revoked_at)} by ${plainText(token.revoked_by ?? "")}`,
      ],
    ],
    colors,
  );
}

/** A token that was just made, its secret first. */
export function renderCreatedToken(created: CreatedToken, colors: Colors, nowMs: number): string {
  return `${colors.green(created.token)}\n\n${renderToken(created, colors, nowMs)}`;
}

/** Trusted publishers as a table. */
export function renderPublishers(terminal: Terminal, publishers: readonly TrustedPublisher[], nowMs: number): string {
  if (publishers.length === 0) {
    return "nobody is trusted yet; `callsheet publishers add <name> --github owner/repository --scope publish` does";
  }
  const rows = publishers.map((one) => [
    one.id,
    one.name,
    one.scopes.join(", "),
    one.names.join(", "),
    showSeconds(one.token_seconds),
    one.last_used_at === null ? "never" : showAge(one.last_used_at, nowMs),
    Object.entries(one.claims)
      .map(([claim, value]) => `${claim}=${value}`)
      .join(", "),
    one.issuer,
  ]);
  const head = ["ID", "NAME", "MAY", "NAMES", "TOKEN FOR", "USED", "CLAIMS", "ISSUER"];
  return table(terminal, head, rows, (text, column) => (column === 1 ? terminal.colors.bold(text) : text));
}

function paintState(text: string, colors: Colors): string {
  if (text === "live") return colors.green(text);
  return text === "expired" ? colors.yellow(text) : text === "revoked" ? colors.red(text) : text;
}
