import { getHealth } from "../../contract/http/registry.ts";
import type { Registry } from "../open-registry.ts";
import { button, element } from "../parts/element.ts";
import { told } from "../parts/failure-panel.ts";

const askEveryMs = 15_000;
/** The page's own answers come first: the first state told of is the one that it shows. */
const firstAskMs = 400;

export interface ConsoleFooter {
  element: HTMLElement;
  /** Says that the page is read anew from now on. */
  startPage(): void;
}

/** The bar below every page: the state that the registry has reached, its release, and a hint when the page is behind. */
export function consoleFooter(registry: Registry, readAgain: () => void, left: AbortSignal): ConsoleFooter {
  const light = element("span", { class: "light" });
  const seq = element("span", { title: "Callsheet-Seq: the change up to which what is shown is true" }, "connecting…");
  const release = element("span");
  const behind = button("The registry has changed. Read again", { class: "behind", hidden: true }, readAgain);
  let shownSeq = 0;

  async function ask(): Promise<void> {
    if (document.hidden) return;
    try {
      const health = await registry.client.call(getHealth, { signal: left });
      if (health.seq !== null) registry.note(health.seq);
      light.className = `light light-${health.status}`;
      seq.textContent = health.status === "ok" ? `Callsheet-Seq ${registry.seq}` : "the database does not answer";
      release.textContent = `release ${health.release} · ${health.region}`;
    } catch (failure) {
      if (left.aborted) return;
      light.className = "light light-away";
      seq.textContent = told(failure).title;
    }
  }

  registry.watch((told) => {
    shownSeq ||= told;
    seq.textContent = `Callsheet-Seq ${registry.seq}`;
    behind.hidden = registry.seq <= shownSeq;
  }, left);
  document.addEventListener("visibilitychange", ask, { signal: left });
  const timer = setInterval(ask, askEveryMs);
  left.addEventListener("abort", () => clearInterval(timer), { once: true });

  const state = element("span", { class: "freshness", role: "status" }, light, seq);
  const links = element(
    "span",
    {},
    element("a", { href: "/docs/" }, "API reference"),
    " · ",
    element("a", { href: "/openapi.json" }, "OpenAPI"),
  );
  return {
    element: element("footer", { class: "bar" }, state, release, links, behind),
    startPage() {
      shownSeq = 0;
      behind.hidden = true;
      setTimeout(ask, firstAskMs);
    },
  };
}
