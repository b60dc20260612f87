import type { FileOutcome, IncomingDelivery } from "../../contract/webhook/delivery.ts";
import { element } from "../parts/element.ts";

const states = {
  queued: { sign: "○", look: "run-queued", title: "kept; nothing is done yet" },
  working: { sign: "◑", look: "run-running", title: "under way" },
  succeeded: { sign: "✓", look: "run-succeeded", title: "everything in it is published" },
  failed: { sign: "✕", look: "run-failed", title: "something in it could not be published" },
  ignored: { sign: "–", look: "run-queued", title: "nothing follows from it" },
} as const satisfies Record<IncomingDelivery["state"], Look>;

const statuses = {
  created: { sign: "✓", look: "run-succeeded", title: "a new version" },
  restored: { sign: "✓", look: "run-succeeded", title: "live again" },
  deprecated: { sign: "✓", look: "badge-deprecated", title: "the file is gone" },
  unchanged: { sign: "=", look: "run-queued", title: "published before, as it is" },
  rejected: { sign: "✕", look: "run-failed", title: "it is not valid" },
  held: { sign: "○", look: "at-waiting", title: "good, but another file of the same push is not" },
  skipped: { sign: "–", look: "run-queued", title: "nothing to publish in it" },
} as const satisfies Record<FileOutcome["status"], Look>;

interface Look {
  sign: string;
  look: string;
  title: string;
}

/** How a delivery stands, in a word, a sign and a colour. */
export function deliveryBadge(state: IncomingDelivery["state"]): HTMLElement {
  return badge(state, states[state]);
}

/** What became of a file, in the same way. */
export function fileBadge(status: FileOutcome["status"]): HTMLElement {
  return badge(status, statuses[status]);
}

function badge(word: string, { sign, look, title }: Look): HTMLElement {
  return element(
    "span",
    { class: `badge ${look}`, title },
    element("span", { "aria-hidden": "true" }, `${sign} `),
    word,
  );
}
