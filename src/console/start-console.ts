import { artifactRoutes } from "../contract/http/artifacts.ts";
import { whoIsHere } from "./access/who-is-here.ts";
import { artifactPage } from "./artifact/artifact-page.ts";
import { cataloguePage } from "./catalogue/catalogue-page.ts";
import { comparisonPage } from "./comparison/comparison-page.ts";
import { entityPage } from "./entity/entity-page.ts";
import { consoleFooter } from "./frame/console-footer.ts";
import { consoleHeader } from "./frame/console-header.ts";
import { openRegistry, type Registry } from "./open-registry.ts";
import { element } from "./parts/element.ts";
import type { Place } from "./place/place.ts";
import { catalogueLink } from "./place/place-link.ts";
import { readFilter, readPlace } from "./place/read-place.ts";
import { runPage } from "./run/run-page.ts";
import { runsPage } from "./run/runs-page.ts";
import { deliveriesPage } from "./webhook/deliveries-page.ts";
import { deliveryPage } from "./webhook/delivery-page.ts";

/** Shows the place that the address names, and follows it from then on. */
export function startConsole(document: Document, window: Window): void {
  // `/?q=…` is what one types; what follows # is what the console keeps.
  if (window.location.search !== "") {
    const filter = readFilter("template", new URLSearchParams(window.location.search));
    window.history.replaceState(null, "", `/${window.location.hash || catalogueLink("template", filter)}`);
  }
  const registry = openRegistry(window.location.origin);
  const main = element("main", { tabindex: "-1" });
  const readAgain = () => {
    registry.catchUp();
    show(true);
  };
  const header = consoleHeader(main, whoIsHere(registry, readAgain));
  const footer = consoleFooter(registry, readAgain, new AbortController().signal);
  let page = new AbortController();

  function show(moveFocus: boolean): void {
    page.abort();
    page = new AbortController();
    const place = readPlace(window.location.hash);
    document.title = titleOf(place);
    header.startPage(place);
    footer.startPage();
    main.replaceChildren(pageOf(place, registry, page.signal));
    if (!moveFocus) return;
    // As a new document would: at the top, and read out from there.
    window.scrollTo(0, 0);
    main.focus({ preventScroll: true });
  }

  window.addEventListener("hashchange", () => show(true));
  document.body.replaceChildren(header.element, main, footer.element);
  show(false);
}

function pageOf(place: Place, registry: Registry, left: AbortSignal): HTMLElement {
  switch (place.page) {
    case "catalogue":
      return cataloguePage(registry, place, left);
    case "artifact":
      return artifactPage(registry, place, left);
    case "comparison":
      return comparisonPage(registry, place, left);
    case "runs":
      return runsPage(registry, place, left);
    case "run":
      return runPage(registry, place, left);
    case "entity":
      return entityPage(registry, place, left);
    case "deliveries":
      return deliveriesPage(registry, place, left);
    case "delivery":
      return deliveryPage(registry, place, left);
    case "unknown":
      return element(
        "div",
        { class: "panel empty" },
        element("h1", {}, "No such page"),
        element("p", {}, `The console has nothing at ${place.path}.`),
        element("a", { class: "button", href: catalogueLink("template", {}) }, "Show all templates"),
      );
  }
}

function titleOf(place: Place): string {
  return `${titleTextOf(place)} · Callsheet`;
}

function titleTextOf(place: Place): string {
  switch (place.page) {
    case "catalogue":
      return artifactRoutes[place.kind].of.Plural;
    case "artifact":
      return place.reference;
    case "comparison":
      return `${place.name}: compare`;
    case "runs":
      return "Runs";
    case "run":
      return "Run";
    case "entity":
      return "Entity";
    case "deliveries":
      return `Webhooks of ${place.source}`;
    case "delivery":
      return `Delivery from ${place.source}`;
    case "unknown":
      return "No such page";
  }
}
