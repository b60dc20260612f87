import type { IncomingDelivery, PushOutcome } from "../../contract/webhook/delivery.ts";
import { copyButton } from "../parts/copy-button.ts";
import { type Child, element } from "../parts/element.ts";
import { fact } from "../parts/fact.ts";
import { showTime } from "../parts/show-time.ts";
import { deliveryBadge } from "./delivery-badge.ts";
import { fileItem } from "./file-item.ts";

/** How a delivery stands, what it was, and what became of each file. */
export function deliveryBody(delivery: IncomingDelivery): HTMLElement[] {
  const { state, reason, outcome } = delivery;
  return [
    element("p", { class: "run-state" }, deliveryBadge(state), waitText(delivery)),
    ...(reason === null
      ? []
      : [element("p", { class: state === "failed" ? "panel failure" : "panel", "data-part": "reason" }, reason)]),
    deliveryFacts(delivery),
    ...(outcome === null ? [] : [filesSection(outcome)]),
  ];
}

function waitText({ state, next_attempt_at: next }: IncomingDelivery): Child {
  if (state === "queued" && next !== null) {
    return element("span", { class: "quiet" }, " It is tried again ", showTime(next), ".");
  }
  return null;
}

function deliveryFacts(delivery: IncomingDelivery): HTMLElement {
  const { event, ref, commit, pusher, outcome, attempts, finished_at: finished } = delivery;
  const posted = statusText[delivery.status_posted];
  return element(
    "dl",
    { class: "facts" },
    ...(commit === null ? [] : fact("Commit", element("code", {}, commit), copyButton("the commit", commit))),
    ...(outcome?.base ? fact("Compared with", element("code", {}, outcome.base)) : []),
    ...fact("Event", ref === null ? event : `${event} to ${ref}`),
    ...(pusher === null ? [] : fact("By", pusher)),
    ...fact("Came in", showTime(delivery.received_at)),
    ...(finished === null ? [] : fact("Done", showTime(finished))),
    ...(attempts > 1 ? fact("Tries", String(attempts)) : []),
    ...(posted === null ? [] : fact("On the commit", posted)),
    ...(outcome?.seq ? fact("Published as", `change ${outcome.seq}`) : []),
  );
}

const statusText = {
  no: null,
  waiting: "a status waits to be posted",
  posted: "a status is posted",
  given_up: "no status could be posted",
} as const satisfies Record<IncomingDelivery["status_posted"], string | null>;

/** What went wrong comes first. */
const order = ["rejected", "held", "created", "restored", "deprecated", "skipped", "unchanged"] as const;

function filesSection({ files, counts, dry_run: isDryRun }: PushOutcome): HTMLElement {
  const sorted = files.toSorted((one, other) => order.indexOf(one.status) - order.indexOf(other.status));
  const sum = Object.values(counts).reduce((all, one) => all + one, 0);
  return element(
    "section",
    {},
    element("h2", {}, isDryRun ? "What would be done" : "Files"),
    element(
      "p",
      { class: "quiet" },
      sum === 0 ? "Nothing in it is published, so nothing was done." : countsText(counts),
    ),
    isDryRun ? element("p", { class: "panel" }, "This source only plans: nothing was changed.") : null,
    sorted.length === 0 ? null : element("ul", { class: "changes" }, ...sorted.map(fileItem)),
    files.length < sum ? element("p", { class: "quiet" }, `${sum - files.length} more changed nothing.`) : null,
  );
}

function countsText(counts: Record<string, number>): string {
  return Object.entries(counts)
    .filter(([, number]) => number > 0)
    .map(([status, number]) => `${number} ${status}`)
    .join(", ");
}
