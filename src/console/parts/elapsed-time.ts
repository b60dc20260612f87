import { durationText } from "./duration-text.ts";
import { element } from "./element.ts";

/** How long something took, or has taken so far. */
export function elapsedTime(from: string, to: string | null): HTMLElement {
  const start = Date.parse(from);
  if (to !== null) return element("span", { class: "elapsed" }, durationText(Date.parse(to) - start));
  return element("span", { class: "elapsed", "data-since": String(start) }, durationText(Date.now() - start));
}

/** Moves on what has no end yet, once a second, until the page is left. */
export function keepTime(page: HTMLElement, left: AbortSignal): void {
  const timer = setInterval(() => {
    for (const running of page.querySelectorAll<HTMLElement>("[data-since]")) {
      running.textContent = durationText(Date.now() - Number(running.dataset.since));
    }
  }, 1000);
  left.addEventListener("abort", () => clearInterval(timer), { once: true });
}
