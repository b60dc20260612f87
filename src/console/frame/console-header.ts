import { artifactKind } from "../../contract/artifact/kind.ts";
import { artifactRoutes } from "../../contract/http/artifacts.ts";
import { element } from "../parts/element.ts";
import type { Place } from "../place/place.ts";
import { catalogueLink, runsLink } from "../place/place-link.ts";

export interface ConsoleHeader {
  element: HTMLElement;
  /** Says in which part of the console one is now. */
  startPage(place: Place): void;
}

/** The bar above every page; `who` tells whose token is used. */
export function consoleHeader(main: HTMLElement, who: HTMLElement): ConsoleHeader {
  // Not a fragment link: what follows # is the console's address.
  const skip = element("a", { href: "#/", class: "skip" }, "Skip to the content");
  skip.addEventListener("click", (event) => {
    event.preventDefault();
    main.focus();
  });
  const kinds = artifactKind.options.map((kind) => {
    const link = element("a", { href: catalogueLink(kind, {}) }, artifactRoutes[kind].of.Plural);
    return { kind, link };
  });
  const runs = element("a", { href: runsLink({}) }, "Runs");
  return {
    element: element(
      "header",
      { class: "bar" },
      skip,
      element(
        "a",
        { href: "#/", class: "brand" },
        element("img", { src: "/logo.svg", alt: "", width: "26", height: "26" }),
        "Callsheet",
      ),
      element(
        "nav",
        { "aria-label": "Console" },
        ...kinds.map(({ link }) => link),
        runs,
        element("a", { href: "/docs/" }, "API reference"),
      ),
      who,
    ),
    startPage(place) {
      for (const { kind, link } of kinds)
        mark(link, "kind" in place && place.kind === kind, place.page === "catalogue");
      mark(runs, place.page === "runs" || place.page === "run", place.page === "runs");
    },
  };
}

/** The page itself, or one of those below it. */
function mark(link: HTMLElement, isHere: boolean, isPage: boolean): void {
  if (isHere) link.setAttribute("aria-current", isPage ? "page" : "true");
  else link.removeAttribute("aria-current");
}
