import type { ArtifactKind } from "../../contract/artifact/kind.ts";
import { element } from "../parts/element.ts";
import { fact } from "../parts/fact.ts";
import { catalogueLink } from "../place/place-link.ts";

/** What authors say by which others find it. */
export interface Described {
  category?: string | undefined;
  author?: string | undefined;
  tags?: readonly string[] | undefined;
}

/** Category, author and keywords, as far as they are told; the catalogue's are links to it. */
export function describedFacts(kind: ArtifactKind, { category, author, tags = [] }: Described): HTMLElement[] {
  return [
    ...(category === undefined
      ? []
      : fact("Category", element("a", { href: catalogueLink(kind, { category }) }, category))),
    ...(author === undefined ? [] : fact("Author", author)),
    ...(tags.length === 0 ? [] : fact("Keywords", ...tags.map((tag) => keywordLink(kind, tag)))),
  ];
}

/** A keyword that leads to all of the kind that have it. */
export function keywordLink(kind: ArtifactKind, tag: string): HTMLElement {
  return element("a", { class: "keyword", href: catalogueLink(kind, { tag }) }, `#${tag}`);
}
