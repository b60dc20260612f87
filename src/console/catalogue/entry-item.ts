import type { CatalogueEntry } from "../../contract/artifact/catalogue.ts";
import type { ArtifactKind } from "../../contract/artifact/kind.ts";
import { factBadge, stateBadge } from "../parts/badge.ts";
import { element } from "../parts/element.ts";
import { artifactLink, catalogueLink } from "../place/place-link.ts";

/** One artifact of the catalogue. The whole row leads to its page; category and keywords narrow the catalogue. */
export function entryItem(kind: ArtifactKind, entry: CatalogueEntry): HTMLLIElement {
  // A name of which no version is live has no `latest`, so only its exact version can be looked up.
  const isResolvable = entry.state === "live" || entry.state === "deprecated";
  const reference = isResolvable ? entry.name : `${entry.name}@${entry.version}`;
  const title = element("a", { href: artifactLink(kind, reference), class: "entry-link" }, entry.title ?? entry.name);
  return element(
    "li",
    { class: "entry" },
    element(
      "div",
      { class: "entry-head" },
      element("h2", {}, title),
      element("code", { class: "entry-name" }, `${entry.name}@${entry.version}`),
    ),
    entry.description === null ? null : element("p", {}, summaryOf(entry.description)),
    element(
      "div",
      { class: "entry-facts" },
      stateBadge(entry.state),
      kind === "function"
        ? element(
            "a",
            { class: "badge", href: catalogueLink(kind, { runtime: entry.runtime }), title: "all of this runtime" },
            entry.runtime,
          )
        : null,
      runsBadge(kind, entry),
      entry.abstract ? factBadge("abstract", "exists to be extended; cannot run") : null,
      entry.category === null
        ? null
        : element(
            "a",
            { class: "badge", href: catalogueLink(kind, { category: entry.category }), title: "all of this category" },
            entry.category,
          ),
      ...entry.tags.map((tag) =>
        element(
          "a",
          { class: "keyword", href: catalogueLink(kind, { tag }), title: "all with this keyword" },
          `#${tag}`,
        ),
      ),
    ),
  );
}

/** Workflows and agents run nothing themselves. */
function runsBadge(kind: ArtifactKind, { gpu }: CatalogueEntry): HTMLElement | null {
  if (kind === "workflow" || kind === "agent") return null;
  return gpu ? factBadge("GPU", "needs a GPU") : factBadge("CPU", "runs without a GPU");
}

/** A docstring's first paragraph; a template's description is short as a whole. */
function summaryOf(description: string): string {
  return description.split("\n\n")[0] ?? description;
}
