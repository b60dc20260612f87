import { listIncoming } from "../../contract/http/webhooks.ts";
import type { IncomingDelivery } from "../../contract/webhook/delivery.ts";
import { noAnswerPanel } from "../access/no-answer-panel.ts";
import type { Registry } from "../open-registry.ts";
import { button, element } from "../parts/element.ts";
import { loadingNote } from "../parts/loading-note.ts";
import { showTime } from "../parts/show-time.ts";
import { deliveryLink } from "../place/place-link.ts";
import { deliveryBadge } from "./delivery-badge.ts";

const pageItems = "50";

/** What came in from a source, newest first. */
export function deliveriesPage(registry: Registry, { source }: { source: string }, left: AbortSignal): HTMLElement {
  const status = element("p", { class: "quiet count", role: "status" });
  const results = element("div", { class: "results" }, loadingNote("the deliveries"));

  async function load(): Promise<void> {
    results.setAttribute("aria-busy", "true");
    try {
      const { items, next_cursor: next } = await ask(null);
      const list = element("ol", { class: "entries" }, ...items.map(deliveryItem));
      status.textContent = countText(items.length, next);
      results.replaceChildren(items.length === 0 ? nothingYet(source) : list);
      offerMore(list, next);
    } catch (failure) {
      if (left.aborted) return;
      status.textContent = "";
      results.replaceChildren(noAnswerPanel(registry, failure, () => void load()));
    }
    results.removeAttribute("aria-busy");
  }

  function ask(cursor: string | null) {
    const query = { limit: pageItems, ...(cursor === null ? {} : { cursor }) };
    return registry.client.call(listIncoming, { params: { source }, query, signal: left });
  }

  function offerMore(list: HTMLElement, cursor: string | null): void {
    if (cursor === null) return;
    const more = button("Show more", { class: "more" }, async () => {
      more.disabled = true;
      try {
        const page = await ask(cursor);
        const items = page.items.map(deliveryItem);
        list.append(...items);
        more.remove();
        status.textContent = countText(list.childElementCount, page.next_cursor);
        offerMore(list, page.next_cursor);
        items[0]?.querySelector("a")?.focus();
      } catch (failure) {
        if (left.aborted) return;
        more.replaceWith(noAnswerPanel(registry, failure, () => void load()));
      }
    });
    results.append(more);
  }

  void load();
  return element(
    "div",
    { class: "catalogue" },
    element("h1", { tabindex: "-1" }, `Webhooks of ${source}`),
    element("p", { class: "lead" }, "What came in from this source, and what came of it: newest first."),
    element(
      "div",
      { class: "actions" },
      status,
      button("Read again", { class: "chip" }, () => void load()),
    ),
    results,
  );
}

function deliveryItem(delivery: IncomingDelivery): HTMLLIElement {
  const { id, source, event, ref, commit, pusher, state, reason, outcome } = delivery;
  const title = ref === null ? event : `${event} to ${ref.replace(/^refs\/heads\//, "")}`;
  const counts = Object.entries(outcome?.counts ?? {}).filter(([, number]) => number > 0);
  return element(
    "li",
    { class: "entry run-entry" },
    element(
      "div",
      { class: "entry-head" },
      element("h2", {}, element("a", { href: deliveryLink(source, id), class: "entry-link" }, title)),
      commit === null ? null : element("code", { class: "entry-name", title: commit }, commit.slice(0, 10)),
    ),
    reason === null ? null : element("p", {}, reason),
    element(
      "div",
      { class: "entry-facts" },
      deliveryBadge(state),
      ...counts.map(([status, number]) => element("span", { class: "badge" }, `${number} ${status}`)),
      pusher === null ? null : element("span", { class: "quiet" }, `by ${pusher}`),
      element("span", { class: "quiet" }, showTime(delivery.received_at)),
    ),
  );
}

function countText(count: number, next: string | null): string {
  const counted = `${count} ${count === 1 ? "delivery" : "deliveries"}`;
  return next === null ? counted : `${counted} shown, there are more`;
}

function nothingYet(source: string): HTMLElement {
  return element(
    "div",
    { class: "panel empty" },
    element("h2", {}, "Nothing came in yet"),
    element(
      "p",
      {},
      element("code", {}, `callsheet webhooks show ${source}`),
      " tells the address that its host sends to; ",
      element("code", {}, `callsheet webhooks sync ${source}`),
      " does now what a push would.",
    ),
  );
}
