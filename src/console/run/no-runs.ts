import { codeBlock } from "../parts/code-block.ts";
import { element } from "../parts/element.ts";
import type { RunFilter } from "../place/place.ts";
import { catalogueLink, runsLink } from "../place/place-link.ts";

/** Stands where the list would be: says why nothing is there and what to do. */
export function noRuns(filter: RunFilter): HTMLElement {
  if (Object.values(filter).some((value) => value !== "")) {
    return element(
      "div",
      { class: "panel empty" },
      element("h2", {}, "No run fits these filters"),
      element("a", { class: "button", href: runsLink({}) }, "Show all runs"),
    );
  }
  return element(
    "div",
    { class: "panel empty" },
    element("h2", {}, "Nothing was run yet"),
    element(
      "p",
      {},
      "Every ",
      element("a", { href: catalogueLink("template", {}) }, "template"),
      ", ",
      element("a", { href: catalogueLink("function", {}) }, "function"),
      " and ",
      element("a", { href: catalogueLink("workflow", {}) }, "workflow"),
      " has a tab where it can be run. So it goes by the CLI:",
    ),
    codeBlock("the command of the CLI", "npx callsheet run NAME -i input=value --watch", "shell"),
  );
}
