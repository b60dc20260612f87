import { getIncoming } from "../../contract/http/webhooks.ts";
import type { IncomingDelivery } from "../../contract/webhook/delivery.ts";
import { noAnswerPanel } from "../access/no-answer-panel.ts";
import type { Registry } from "../open-registry.ts";
import { copyButton } from "../parts/copy-button.ts";
import { type Child, element } from "../parts/element.ts";
import { loadingNote } from "../parts/loading-note.ts";
import { slot } from "../parts/slot.ts";
import { deliveriesLink } from "../place/place-link.ts";
import { deliveryBody } from "./delivery-body.ts";

/** While something happens, and while nobody looks. */
const pollMs = 1500;
const hiddenPollMs = 15_000;

/** A push as it came in, and what came of it; read again until it has come to something. */
export function deliveryPage(
  registry: Registry,
  { source, id }: { source: string; id: string },
  left: AbortSignal,
): HTMLElement {
  const page = element("div", { class: "artifact run-page" }, loadingNote("the delivery"));
  const body = slot();
  const line = slot();
  const said = element("p", { class: "unseen", role: "status" });
  let shown: IncomingDelivery["state"] | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  left.addEventListener("abort", () => clearTimeout(timer), { once: true });

  async function load(): Promise<void> {
    clearTimeout(timer);
    try {
      const params = { source, delivery_id: id };
      show(await registry.client.call(getIncoming, { params, signal: left }));
    } catch (failure) {
      if (left.aborted) return;
      if (shown === undefined) {
        page.replaceChildren(
          wayBack(source, "…"),
          element("h1", {}, "Delivery"),
          noAnswerPanel(registry, failure, load),
        );
        return;
      }
      line.show("broken", () => [element("p", { class: "line" }, "The registry does not answer; it is asked again.")]);
      readLater();
    }
  }

  function show(delivery: IncomingDelivery): void {
    if (shown === undefined) page.replaceChildren(...header(source, delivery), said, line.element, body.element);
    else if (shown !== delivery.state) said.textContent = `The delivery is ${delivery.state}.`;
    shown = delivery.state;
    line.show("fine", () => []);
    body.show(delivery, () => deliveryBody(delivery));
    if (isUnderWay(delivery)) readLater();
  }

  function readLater(): void {
    timer = setTimeout(load, document.hidden ? hiddenPollMs : pollMs);
  }

  void load();
  return page;
}

/** The status on the commit comes a moment after the outcome. */
function isUnderWay({ state, status_posted: posted }: IncomingDelivery): boolean {
  return state === "queued" || state === "working" || posted === "waiting";
}

function header(source: string, { id, event, commit }: IncomingDelivery): HTMLElement[] {
  return [
    wayBack(source, commit === null ? event : commit.slice(0, 10)),
    element("h1", { tabindex: "-1" }, `${event === "push" ? "Push" : event} from ${source}`),
    element("p", { class: "identity" }, element("code", {}, id), copyButton("the delivery's id", id)),
  ];
}

function wayBack(source: string, ...path: Child[]): HTMLElement {
  const list = element("a", { href: deliveriesLink(source) }, `Webhooks of ${source}`);
  return element("nav", { class: "way-back", "aria-label": "Way back" }, list, " / ", ...path);
}
