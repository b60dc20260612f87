import type { CataloguePage as Answer } from "../../contract/artifact/catalogue.ts";
import type { ArtifactKind } from "../../contract/artifact/kind.ts";
import { artifactRoutes } from "../../contract/http/artifacts.ts";
import { noAnswerPanel } from "../access/no-answer-panel.ts";
import type { Registry } from "../open-registry.ts";
import { button, element } from "../parts/element.ts";
import { loadingNote } from "../parts/loading-note.ts";
import type { CatalogueFilter } from "../place/place.ts";
import { catalogueLink } from "../place/place-link.ts";
import { emptyCatalogue } from "./empty-catalogue.ts";
import { entryItem } from "./entry-item.ts";
import { filterForm } from "./filter-form.ts";
import { moveByArrows } from "./move-by-arrows.ts";

const pageItems = 50;

const leads = {
  template: "Typed contracts of AI functions, ready to be called.",
  function: "Published source code, typed and documented, ready to run.",
  workflow: "Skills put in order: what is done, step by step, and what follows when a step fails.",
  agent: "Cards of agents that answer elsewhere: where they are, and which skills they have.",
} as const satisfies Record<ArtifactKind, string>;

/** All artifacts of a kind, or those that a search and filters leave. The address follows what is typed and chosen. */
export function cataloguePage(
  registry: Registry,
  { kind, filter: start }: { kind: ArtifactKind; filter: CatalogueFilter },
  left: AbortSignal,
): HTMLElement {
  const form = filterForm(kind, start, (filter) => {
    history.replaceState(null, "", catalogueLink(kind, filter));
    void load(filter);
  });
  const status = element("p", { class: "quiet count", role: "status" });
  const results = element("div", { class: "results" }, loadingNote("the catalogue"));
  let loading = new AbortController();
  left.addEventListener("abort", () => loading.abort(), { once: true });

  async function load(filter: CatalogueFilter): Promise<void> {
    loading.abort();
    loading = new AbortController();
    const { signal } = loading;
    results.setAttribute("aria-busy", "true");
    try {
      const page = await ask(registry, kind, filter, null, signal);
      form.offerCategories(page.items);
      const list = element("ol", { class: "entries" }, ...page.items.map((entry) => entryItem(kind, entry)));
      status.textContent = countText(kind, page.items.length, page.next_cursor);
      results.replaceChildren(page.items.length === 0 ? emptyCatalogue(registry.client.url, kind, filter) : list);
      offerMore(filter, list, page.next_cursor, signal);
    } catch (failure) {
      if (signal.aborted) return;
      status.textContent = "";
      results.replaceChildren(noAnswerPanel(registry, failure, () => void load(filter)));
    }
    results.removeAttribute("aria-busy");
  }

  function offerMore(filter: CatalogueFilter, list: HTMLElement, cursor: string | null, signal: AbortSignal): void {
    if (cursor === null) return;
    const more = button("Show more", { class: "more" }, async () => {
      more.disabled = true;
      try {
        const page = await ask(registry, kind, filter, cursor, signal);
        const items = page.items.map((entry) => entryItem(kind, entry));
        list.append(...items);
        more.remove();
        form.offerCategories(page.items);
        status.textContent = countText(kind, list.childElementCount, page.next_cursor);
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

  const page = element(
    "div",
    { class: "catalogue" },
    element("h1", { tabindex: "-1" }, artifactRoutes[kind].of.Plural),
    element("p", { class: "lead" }, leads[kind]),
    form.element,
    status,
    results,
  );
  moveByArrows(page, left);
  void load(start);
  return page;
}

function ask(
  registry: Registry,
  kind: ArtifactKind,
  filter: CatalogueFilter,
  cursor: string | null,
  signal: AbortSignal,
): Promise<Answer> {
  const set = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ""));
  const query = { ...set, limit: String(pageItems), ...(cursor === null ? {} : { cursor }) };
  return registry.client.call(artifactRoutes[kind].list, { query, signal });
}

function countText(kind: ArtifactKind, count: number, next: string | null): string {
  if (count === 0) return `No ${kind}s`;
  const noun = count === 1 ? kind : `${kind}s`;
  return next === null ? `${count} ${noun}` : `${count} ${noun} shown, there are more`;
}
