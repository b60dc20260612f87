import { element } from "../parts/element.ts";
import type { CatalogueFilter } from "../place/place.ts";
import { catalogueLink } from "../place/place-link.ts";

/** Stands where the list would be: says why nothing is there and what to do. */
export function emptyCatalogue(filter: CatalogueFilter): HTMLElement {
  if (Object.values(filter).every((value) => value === "")) {
    return element(
      "div",
      { class: "panel empty" },
      element("h2", {}, "Nothing is published yet"),
      element("p", {}, "Make a template and publish it:"),
      element("pre", {}, element("code", {}, "npx callsheet init my_template\nnpx callsheet publish my_template.yaml")),
    );
  }
  const asked = filter.q === "" ? "these filters" : `“${filter.q}”${hasOthers(filter) ? " and these filters" : ""}`;
  return element(
    "div",
    { class: "panel empty" },
    element("h2", {}, `No template fits ${asked}`),
    element(
      "p",
      {},
      "Every word has to begin a word of a name, title, description or keyword. Use fewer words or filters.",
    ),
    element("a", { class: "button", href: catalogueLink({}) }, "Show all templates"),
  );
}

function hasOthers(filter: CatalogueFilter): boolean {
  return Object.entries(filter).some(([key, value]) => key !== "q" && value !== "");
}
