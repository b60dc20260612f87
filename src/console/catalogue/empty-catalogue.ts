import type { RoutedKind } from "../../contract/http/artifacts.ts";
import { element } from "../parts/element.ts";
import type { CatalogueFilter } from "../place/place.ts";
import { catalogueLink } from "../place/place-link.ts";

const firstSteps = {
  template: "npx callsheet init my_template\nnpx callsheet publish my_template.yaml",
  function: "npx callsheet functions new --memory-type numpy sharpen.py\nnpx callsheet publish sharpen.py",
} as const satisfies Record<RoutedKind, string>;

/** Stands where the list would be: says why nothing is there and what to do. */
export function emptyCatalogue(kind: RoutedKind, filter: CatalogueFilter): HTMLElement {
  if (Object.values(filter).every((value) => value === "")) {
    return element(
      "div",
      { class: "panel empty" },
      element("h2", {}, "Nothing is published yet"),
      element("p", {}, `Make a ${kind} and publish it:`),
      element("pre", {}, element("code", {}, firstSteps[kind])),
    );
  }
  const asked = filter.q === "" ? "these filters" : `“${filter.q}”${hasOthers(filter) ? " and these filters" : ""}`;
  return element(
    "div",
    { class: "panel empty" },
    element("h2", {}, `No ${kind} fits ${asked}`),
    element(
      "p",
      {},
      "Every word has to begin a word of a name, title, description or keyword. Use fewer words or filters.",
    ),
    element("a", { class: "button", href: catalogueLink(kind, {}) }, `Show all ${kind}s`),
  );
}

function hasOthers(filter: CatalogueFilter): boolean {
  return Object.entries(filter).some(([key, value]) => key !== "q" && value !== "");
}
