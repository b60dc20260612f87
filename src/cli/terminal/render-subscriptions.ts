import type { DeliveryAttempt, OutgoingDelivery, Subscription } from "../../contract/subscription/subscription.ts";
import { facts } from "./facts.ts";
import type { Colors, Terminal } from "./open-terminal.ts";
import { plainText, shorten } from "./plain-text.ts";
import { minuteOf, showAge, showAgo, showEnd } from "./show-time.ts";
import { table } from "./table.ts";

/** Subscriptions as a table. */
export function renderSubscriptions(terminal: Terminal, items: readonly Subscription[], nowMs: number): string {
  if (items.length === 0) return "nobody subscribed yet; `callsheet subscriptions add <url>` has changes sent there";
  const rows = items.map((one) => [
    one.id,
    one.state,
    String(one.waiting),
    one.last_delivered_at === null ? "never" : showAge(one.last_delivered_at, nowMs),
    one.failing_since === null ? "" : showAge(one.failing_since, nowMs),
    one.names.join(", "),
    one.url,
    one.reason ?? one.description,
  ]);
  const head = ["ID", "STATE", "WAITING", "DELIVERED", "FAILING FOR", "NAMES", "URL", "WHY OR WHAT FOR"];
  return table(terminal, head, rows, (text, column) => (column === 1 ? paintState(text, terminal.colors) : text));
}

/** All of one subscription but its secrets. */
export function renderSubscription(one: Subscription, colors: Colors, nowMs: number): string {
  const secrets = one.secrets.map(
    ({ hint, created_at, expires_at }) =>
      `${hint}, of ${minuteOf(created_at)}${expires_at === null ? "" : `, signs until ${showEnd(expires_at, nowMs)}`}`,
  );
  return facts(
    [
      ["subscription", `${one.id}  ${paintState(one.state, colors)}`],
      ["why", one.reason === null ? null : plainText(one.reason)],
      ["to", colors.bold(plainText(one.url))],
      ["for", one.description === "" ? null : plainText(one.description)],
      ["events", one.events?.join(", ") ?? "all"],
      ["names", one.names.join(", ")],
      ["redirects", one.redirects === "follow" ? "307 and 308 are followed" : "refused"],
      ["secrets", secrets.join("\n")],
      ["waiting", String(one.waiting)],
      ["delivered", one.last_delivered_at === null ? "never" : `${showAgo(one.last_delivered_at, nowMs)}`],
      ["failing", one.failing_since === null ? null : `since ${minuteOf(one.failing_since)}`],
      ["taken up to", `seq ${one.position}`],
      ["made", `${minuteOf(one.created_at)} by ${plainText(one.created_by)}`],
    ],
    colors,
  );
}

/** What was sent, as a table. */
export function renderSent(
  terminal: Terminal,
  deliveries: readonly OutgoingDelivery[],
  isNarrowed: boolean,
  nowMs: number,
): string {
  if (deliveries.length === 0) return isNarrowed ? "no delivery fits" : "nothing was sent yet";
  const rows = deliveries.map((one) => [
    one.id,
    one.state,
    one.type,
    one.name ?? "",
    showAge(one.created_at, nowMs),
    String(one.attempt_count),
    one.next_attempt_at === null ? "" : showEnd(one.next_attempt_at, nowMs),
    attemptText(one.attempts.at(-1)),
  ]);
  const head = ["ID", "STATE", "TYPE", "NAME", "AGE", "TRIES", "NEXT TRY", "LAST ANSWER"];
  return table(terminal, head, rows, (text, column) => (column === 1 ? paintState(text, terminal.colors) : text));
}

/** One delivery with each of its tries. */
export function renderSentOne(delivery: OutgoingDelivery, colors: Colors, nowMs: number): string {
  const { attempts, attempt_count: tries } = delivery;
  const head = facts(
    [
      ["delivery", `${delivery.id}  ${paintState(delivery.state, colors)}`],
      ["what", plainText(`${delivery.type}${delivery.name === null ? "" : ` of ${delivery.name}`}`)],
      ["made", `${minuteOf(delivery.created_at)} (${showAgo(delivery.created_at, nowMs)})`],
      ["tries", attempts.length < tries ? `${tries}, the last ${attempts.length} are kept` : String(tries)],
      ["next try", delivery.next_attempt_at === null ? null : showEnd(delivery.next_attempt_at, nowMs)],
    ],
    colors,
  );
  const tried = attempts.map((one) => `${one.at}  ${attemptText(one)}  in ${one.duration_ms} ms`);
  return tried.length === 0 ? head : `${head}\n\n${tried.join("\n")}`;
}

const longestAnswer = 120;

function attemptText(attempt: DeliveryAttempt | undefined): string {
  if (attempt === undefined) return "";
  const { status, error, redirects, answer } = attempt;
  return plainText(
    [
      status === null ? "no answer" : String(status),
      ...(error === null ? [] : [error]),
      ...(redirects.length === 0 ? [] : [`by way of ${redirects.join(", ")}`]),
      ...(answer === null || answer === "" ? [] : [shorten(answer, longestAnswer)]),
    ].join(": "),
  );
}

const stateColor = {
  active: "green",
  paused: "yellow",
  disabled: "red",
  waiting: "yellow",
  delivered: "green",
  given_up: "red",
} as const satisfies Record<Subscription["state"] | OutgoingDelivery["state"], keyof Colors>;

function paintState(text: string, colors: Colors): string {
  for (const [state, color] of Object.entries(stateColor)) if (text === state) return colors[color](text);
  return text;
}
