import { type Callable, isAbstract } from "../../contract/artifact/callable.ts";
import type { StateNotice } from "../../contract/artifact/name-index.ts";
import type { ResolvedArtifact } from "../../contract/artifact/resolved.ts";
import type { FunctionDefinition } from "../../contract/function/document.ts";
import { artifactRoutes, type RoutedKind } from "../../contract/http/artifacts.ts";
import { factBadge, stateBadge } from "../parts/badge.ts";
import { copyButton } from "../parts/copy-button.ts";
import { element } from "../parts/element.ts";
import { showTime } from "../parts/show-time.ts";
import { artifactLink, catalogueLink } from "../place/place-link.ts";

const shownDigest = "sha256:".length + 12;

/** Who a version is: title, name, version, state, digest, parent, author. */
export function artifactHeader(kind: RoutedKind, found: ResolvedArtifact, callable: Callable | null): HTMLElement {
  const { name, version, digest } = found;
  return element(
    "header",
    { class: "artifact-header" },
    element(
      "nav",
      { "aria-label": "Way back" },
      element("a", { href: catalogueLink(kind, {}) }, artifactRoutes[kind].of.Plural),
      ` / ${name}`,
    ),
    element("h1", {}, callable?.name ?? name),
    element(
      "p",
      { class: "identity" },
      element("code", {}, `${name}@${version}`),
      copyButton("the reference", `${name}@${version}`),
      stateBadge(found.state),
      callable !== null && isAbstract(callable) ? factBadge("abstract", "exists to be extended; cannot run") : null,
      callable?.requirements?.resources?.gpu === true ? factBadge("GPU", "needs a GPU") : null,
    ),
    found.notice === null ? null : noticePanel(kind, found.state, found.notice),
    ...paragraphs(callable?.description),
    element(
      "dl",
      { class: "facts" },
      ...fact(
        "Digest",
        element("code", { title: digest }, `${digest.slice(0, shownDigest)}…`),
        copyButton("the digest", digest),
      ),
      ...fact("Published", showTime(found.published_at), ` by ${found.published_by}`),
      ...(found.extends === null
        ? []
        : fact("Extends", parentLink(kind, `${found.extends.name}@${found.extends.version}`))),
      ...(callable === null || !("code" in callable) ? [] : functionFacts(callable)),
      ...(callable?.category === undefined ? [] : fact("Category", categoryLink(kind, callable.category))),
      ...(callable?.author === undefined ? [] : fact("Author", callable.author)),
      ...(callable?.tags === undefined ? [] : fact("Keywords", ...callable.tags.map((tag) => keywordLink(kind, tag)))),
    ),
  );
}

/** A docstring has paragraphs; the first one leads. */
function paragraphs(description: string | undefined): HTMLElement[] {
  const [first, ...others] = description?.split(/\n{2,}/) ?? [];
  if (first === undefined) return [];
  return [element("p", { class: "lead" }, first), ...others.map((text) => element("p", { class: "prose" }, text))];
}

function functionFacts({ runtime, language, packages }: FunctionDefinition): HTMLElement[] {
  return [
    ...fact("Runtime", element("a", { href: catalogueLink("function", { runtime }) }, runtime), ` (${language})`),
    ...(packages.length === 0 ? [] : fact("Imports", element("code", {}, packages.join(", ")))),
  ];
}

function fact(term: string, ...details: (Node | string)[]): HTMLElement[] {
  return [element("dt", {}, term), element("dd", {}, ...details)];
}

function parentLink(kind: RoutedKind, reference: string): HTMLElement {
  return element("a", { href: artifactLink(kind, reference) }, element("code", {}, reference));
}

function categoryLink(kind: RoutedKind, category: string): HTMLElement {
  return element("a", { href: catalogueLink(kind, { category }) }, category);
}

function keywordLink(kind: RoutedKind, tag: string): HTMLElement {
  return element("a", { class: "keyword", href: catalogueLink(kind, { tag }) }, `#${tag}`);
}

function noticePanel(kind: RoutedKind, state: string, notice: StateNotice): HTMLElement {
  return element(
    "div",
    { class: `panel notice notice-${state}`, role: "note" },
    element("p", {}, element("strong", {}, `This version is ${state}`), " since ", showTime(notice.since), "."),
    notice.message === null ? null : element("p", {}, notice.message),
    notice.successor === null ? null : element("p", {}, "Use instead: ", parentLink(kind, notice.successor)),
    notice.sunset === null ? null : element("p", {}, "It stops being served ", showTime(notice.sunset), "."),
  );
}
