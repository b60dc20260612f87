import type { ArtifactKind } from "../../contract/artifact/kind.ts";
import type { StateNotice } from "../../contract/artifact/name-index.ts";
import type { ResolvedArtifact } from "../../contract/artifact/resolved.ts";
import { stateBadge } from "../parts/badge.ts";
import { copyButton } from "../parts/copy-button.ts";
import { element } from "../parts/element.ts";
import { fact } from "../parts/fact.ts";
import { paragraphs } from "../parts/paragraphs.ts";
import { showTime } from "../parts/show-time.ts";
import { artifactLink } from "../place/place-link.ts";
import type { ArtifactView } from "./artifact-view.ts";
import { wayBack } from "./way-back.ts";

const shownDigest = "sha256:".length + 12;

/** Who a version is: title, name, version, state, digest, parent, and what its kind tells. */
export function artifactHeader(kind: ArtifactKind, found: ResolvedArtifact, view: ArtifactView): HTMLElement {
  const { name, version, digest } = found;
  return element(
    "header",
    { class: "artifact-header" },
    wayBack(kind, name),
    element("h1", {}, view.title ?? name),
    element(
      "p",
      { class: "identity" },
      element("code", {}, `${name}@${version}`),
      copyButton("the reference", `${name}@${version}`),
      stateBadge(found.state),
      ...view.badges,
    ),
    found.notice === null ? null : noticePanel(kind, found.state, found.notice),
    ...paragraphs(view.description, "lead"),
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
        : fact("Extends", referenceLink(kind, `${found.extends.name}@${found.extends.version}`))),
      ...view.facts,
    ),
  );
}

function referenceLink(kind: ArtifactKind, reference: string): HTMLElement {
  return element("a", { href: artifactLink(kind, reference) }, element("code", {}, reference));
}

function noticePanel(kind: ArtifactKind, state: string, notice: StateNotice): HTMLElement {
  return element(
    "div",
    { class: `panel notice notice-${state}`, role: "note" },
    element("p", {}, element("strong", {}, `This version is ${state}`), " since ", showTime(notice.since), "."),
    notice.message === null ? null : element("p", {}, notice.message),
    notice.successor === null ? null : element("p", {}, "Use instead: ", referenceLink(kind, notice.successor)),
    notice.sunset === null ? null : element("p", {}, "It stops being served ", showTime(notice.sunset), "."),
  );
}
