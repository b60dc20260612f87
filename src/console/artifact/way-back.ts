import type { ArtifactKind } from "../../contract/artifact/kind.ts";
import { artifactRoutes } from "../../contract/http/artifacts.ts";
import { type Child, element } from "../parts/element.ts";
import { catalogueLink } from "../place/place-link.ts";

/** The way back to the kind's catalogue, and what lies between it and here. */
export function wayBack(kind: ArtifactKind, ...path: Child[]): HTMLElement {
  return element(
    "nav",
    { class: "way-back", "aria-label": "Way back" },
    element("a", { href: catalogueLink(kind, {}) }, artifactRoutes[kind].of.Plural),
    " / ",
    ...path,
  );
}
