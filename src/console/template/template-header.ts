import type { StateNotice } from "../../contract/artifact/name-index.ts";
import type { ResolvedArtifact } from "../../contract/artifact/resolved.ts";
import type { Template } from "../../contract/template/document.ts";
import { factBadge, stateBadge } from "../parts/badge.ts";
import { copyButton } from "../parts/copy-button.ts";
import { element } from "../parts/element.ts";
import { showTime } from "../parts/show-time.ts";
import { catalogueLink, templateLink } from "../place/place-link.ts";

const shownDigest = "sha256:".length + 12;

/** Who a version is: title, name, version, state, digest, parent, author. */
export function templateHeader(found: ResolvedArtifact, template: Template | null): HTMLElement {
  const { name, version, digest } = found;
  return element(
    "header",
    { class: "template-header" },
    element("nav", { "aria-label": "Way back" }, element("a", { href: catalogueLink({}) }, "Templates"), ` / ${name}`),
    element("h1", {}, template?.name ?? name),
    element(
      "p",
      { class: "identity" },
      element("code", {}, `${name}@${version}`),
      copyButton("the reference", `${name}@${version}`),
      stateBadge(found.state),
      template?.abstract === true ? factBadge("abstract", "exists to be extended; cannot run") : null,
      template?.requirements?.resources?.gpu === true ? factBadge("GPU", "needs a GPU") : null,
    ),
    found.notice === null ? null : noticePanel(found.state, found.notice),
    template?.description === undefined ? null : element("p", { class: "lead" }, template.description),
    element(
      "dl",
      { class: "facts" },
      ...fact(
        "Digest",
        element("code", { title: digest }, `${digest.slice(0, shownDigest)}…`),
        copyButton("the digest", digest),
      ),
      ...fact("Published", showTime(found.published_at), ` by ${found.published_by}`),
      ...(found.extends === null ? [] : fact("Extends", parentLink(`${found.extends.name}@${found.extends.version}`))),
      ...(template?.category === undefined ? [] : fact("Category", categoryLink(template.category))),
      ...(template?.author === undefined ? [] : fact("Author", template.author)),
      ...(template?.tags === undefined ? [] : fact("Keywords", ...template.tags.map(keywordLink))),
    ),
  );
}

function fact(term: string, ...details: (Node | string)[]): HTMLElement[] {
  return [element("dt", {}, term), element("dd", {}, ...details)];
}

function parentLink(reference: string): HTMLElement {
  return element("a", { href: templateLink(reference) }, element("code", {}, reference));
}

function categoryLink(category: string): HTMLElement {
  return element("a", { href: catalogueLink({ category }) }, category);
}

function keywordLink(tag: string): HTMLElement {
  return element("a", { class: "keyword", href: catalogueLink({ tag }) }, `#${tag}`);
}

function noticePanel(state: string, notice: StateNotice): HTMLElement {
  return element(
    "div",
    { class: `panel notice notice-${state}`, role: "note" },
    element("p", {}, element("strong", {}, `This version is ${state}`), " since ", showTime(notice.since), "."),
    notice.message === null ? null : element("p", {}, notice.message),
    notice.successor === null ? null : element("p", {}, "Use instead: ", parentLink(notice.successor)),
    notice.sunset === null ? null : element("p", {}, "It stops being served ", showTime(notice.sunset), "."),
  );
}
