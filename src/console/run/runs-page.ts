import { listRuns, type RunPage } from "../../contract/http/runs.ts";
import { noAnswerPanel } from "../access/no-answer-panel.ts";
import type { Registry } from "../open-registry.ts";
import { button, element } from "../parts/element.ts";
import { loadingNote } from "../parts/loading-note.ts";
import type { RunFilter } from "../place/place.ts";
import { runsLink } from "../place/place-link.ts";
import { noRuns } from "./no-runs.ts";
import { runFilterForm } from "./run-filter-form.ts";
import { runItem } from "./run-item.ts";

const pageItems = 50;

/** Runs, newest first, or those that filters leave. The address follows what is chosen. */
export function runsPage(registry: Registry, { filter: start }: { filter: RunFilter }, left: AbortSignal): HTMLElement {
  let chosen = start;
  const form = runFilterForm(start, (filter) => {
    chosen = filter;
    history.replaceState(null, "", runsLink(filter));
    void load(filter);
  });
  const status = element("p", { class: "quiet count", role: "status" });
  const results = element("div", { class: "results" }, loadingNote("the runs"));
  let loading = new AbortController();
  left.addEventListener("abort", () => loading.abort(), { once: true });

  async function load(filter: RunFilter): Promise<void> {
    loading.abort();
    loading = new AbortController();
    const { signal } = loading;
    results.setAttribute("aria-busy", "true");
    try {
      const page = await ask(registry, filter, null, signal);
      const list = element("ol", { class: "entries" }, ...page.items.map((run) => runItem(run)));
      status.textContent = countText(page.items.length, page.next_cursor);
      results.replaceChildren(page.items.length === 0 ? noRuns(filter) : list);
      offerMore(filter, list, page.next_cursor, signal);
    } catch (failure) {
      if (signal.aborted) return;
      status.textContent = "";
      results.replaceChildren(noAnswerPanel(registry, failure, () => void load(filter)));
    }
    results.removeAttribute("aria-busy");
  }

  function offerMore(filter: RunFilter, list: HTMLElement, cursor: string | null, signal: AbortSignal): void {
    if (cursor === null) return;
    const more = button("Show more", { class: "more" }, async () => {
      more.disabled = true;
      try {
        const page = await ask(registry, filter, cursor, signal);
        const items = page.items.map((run) => runItem(run));
        list.append(...items);
        more.remove();
        status.textContent = countText(list.childElementCount, page.next_cursor);
        offerMore(filter, list, page.next_cursor, signal);
        items[0]?.querySelector("a")?.focus();
      } catch (failure) {
        if (signal.aborted) return;
        const again = noAnswerPanel(registry, failure, () => {
          again.replaceWith(more);
          more.disabled = false;
          more.click();
        });
        more.replaceWith(again);
      }
    });
    results.append(more);
  }

  void load(start);
  return element(
    "div",
    { class: "catalogue" },
    element("h1", { tabindex: "-1" }, "Runs"),
    element("p", { class: "lead" }, "What was run, and what runs: newest first."),
    form,
    element(
      "div",
      { class: "actions" },
      status,
      button("Read again", { class: "chip" }, () => void load(chosen)),
    ),
    results,
  );
}

function ask(registry: Registry, filter: RunFilter, cursor: string | null, signal: AbortSignal): Promise<RunPage> {
  const { state, kind, name, steps } = filter;
  const parent = steps === "" ? "none" : steps;
  const query = {
    ...(state === "" ? {} : { state }),
    ...(kind === "" ? {} : { kind }),
    ...(name === "" ? {} : { name }),
    ...(parent === "all" ? {} : { parent }),
    ...(cursor === null ? {} : { cursor }),
    limit: String(pageItems),
  };
  return registry.client.call(listRuns, { query, signal });
}

function countText(count: number, next: string | null): string {
  if (count === 0) return "No runs";
  const counted = `${count} ${count === 1 ? "run" : "runs"}`;
  return next === null ? counted : `${counted} shown, there are more`;
}
