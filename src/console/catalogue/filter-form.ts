import type { CatalogueEntry } from "../../contract/artifact/catalogue.ts";
import type { ArtifactKind } from "../../contract/artifact/kind.ts";
import { functionRuntime } from "../../contract/function/runtime.ts";
import { limits } from "../../contract/limits.ts";
import { choice } from "../parts/choice.ts";
import { button, element } from "../parts/element.ts";
import { labelled } from "../parts/labelled.ts";
import { type CatalogueFilter, filtersOf } from "../place/place.ts";
import { readFilter } from "../place/read-place.ts";

const typingPauseMs = 200;

export interface FilterForm {
  element: HTMLElement;
  /** Adds categories that were seen, to choose from. */
  offerCategories(entries: readonly CatalogueEntry[]): void;
}

/** Search box and filters. Tells what is asked for after a pause in typing, at once when something is chosen. */
export function filterForm(
  kind: ArtifactKind,
  start: CatalogueFilter,
  onChange: (filter: CatalogueFilter) => void,
): FilterForm {
  const search = element("input", {
    type: "search",
    name: "q",
    value: start.q,
    maxlength: String(limits.searchLength),
    placeholder: "Search names, descriptions, keywords",
    "aria-label": "Search",
    "aria-keyshortcuts": "/",
    autocomplete: "off",
    spellcheck: "false",
  });
  const categories = element("datalist", { id: "categories" });
  const category = element("input", {
    name: "category",
    value: start.category,
    list: "categories",
    placeholder: "any",
    maxlength: "50",
  });
  const fields = {
    category: () => labelled("Category", category),
    runtime: () => labelled("Runtime", runtimeChoice(start.runtime)),
    gpu: () => labelled("Runs on", gpuChoice(start.gpu)),
  };
  const keyword = element("input", { type: "hidden", name: "tag", value: start.tag });
  const form = element(
    "form",
    { class: "filters", role: "search" },
    element("div", { class: "search" }, search, element("kbd", { "aria-hidden": "true" }, "/")),
    element(
      "div",
      { class: "filter-row" },
      ...filtersOf[kind].map((filter) => fields[filter]()),
      labelled(
        "State",
        choice("state", start.state, [
          ["", "live or deprecated"],
          ["live", "live"],
          ["deprecated", "deprecated"],
          ["yanked", "yanked"],
          ["deleted", "deleted"],
        ]),
      ),
      start.tag === "" ? null : keywordChip(start.tag, keyword, tell),
    ),
    categories,
    keyword,
  );

  let told = JSON.stringify(start);
  let pause: ReturnType<typeof setTimeout> | undefined;
  function tell(): void {
    clearTimeout(pause);
    const values = [...new FormData(form)].map(([key, value]): [string, string] => [key, String(value)]);
    const filter = readFilter(kind, new URLSearchParams(values));
    if (JSON.stringify(filter) === told) return;
    told = JSON.stringify(filter);
    onChange(filter);
  }
  form.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(tell, typingPauseMs);
  });
  form.addEventListener("change", tell);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    tell();
  });

  const known = new Set<string>();
  return {
    element: form,
    offerCategories(entries) {
      for (const entry of entries) if (entry.category !== null) known.add(entry.category);
      categories.replaceChildren(...[...known].sort().map((one) => element("option", { value: one })));
    },
  };
}

function runtimeChoice(chosen: string): HTMLSelectElement {
  const all = functionRuntime.options.map((runtime) => [runtime, runtime] as const);
  return choice("runtime", chosen, [["", "any"], ...all]);
}

function gpuChoice(chosen: string): HTMLSelectElement {
  return choice("gpu", chosen, [
    ["", "any"],
    ["true", "GPU"],
    ["false", "CPU"],
  ]);
}

function keywordChip(tag: string, field: HTMLInputElement, tell: () => void): HTMLElement {
  const chip = button(`#${tag} ✕`, { class: "chip", "aria-label": `No longer only keyword ${tag}` }, () => {
    field.value = "";
    chip.remove();
    tell();
  });
  return chip;
}
