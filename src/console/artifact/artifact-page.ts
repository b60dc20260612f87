import type { ArtifactKind } from "../../contract/artifact/kind.ts";
import type { ResolvedArtifact } from "../../contract/artifact/resolved.ts";
import { artifactRoutes } from "../../contract/http/artifacts.ts";
import { noAnswerPanel } from "../access/no-answer-panel.ts";
import { agentView } from "../agent/agent-view.ts";
import { callableView } from "../callable/callable-view.ts";
import type { Registry } from "../open-registry.ts";
import { codeBlock } from "../parts/code-block.ts";
import { element } from "../parts/element.ts";
import { loadingNote } from "../parts/loading-note.ts";
import { type Tab, tabSet } from "../parts/tab-set.ts";
import type { ArtifactTab } from "../place/place.ts";
import { artifactLink } from "../place/place-link.ts";
import { workflowView } from "../workflow/workflow-view.ts";
import { artifactHeader } from "./artifact-header.ts";
import type { ArtifactView } from "./artifact-view.ts";
import { lookupSection } from "./lookup-section.ts";
import { sourcePanel } from "./source-panel.ts";
import { versionsSection } from "./versions-section.ts";
import { wayBack } from "./way-back.ts";

/** One version of an artifact: what it is, what its kind shows of it, its source, its other versions, how to look it up. */
export function artifactPage(
  registry: Registry,
  place: { kind: ArtifactKind; reference: string; tab: ArtifactTab },
  left: AbortSignal,
): HTMLElement {
  const { kind, reference } = place;
  const page = element("div", { class: "artifact" }, loadingNote(reference));

  async function load(): Promise<void> {
    page.setAttribute("aria-busy", "true");
    try {
      const found = await registry.client.call(artifactRoutes[kind].get, { params: { reference }, signal: left });
      page.replaceChildren(...contentOf(found));
    } catch (failure) {
      if (left.aborted) return;
      page.replaceChildren(
        wayBack(kind, reference),
        element("h1", {}, reference),
        noAnswerPanel(registry, failure, load),
      );
    }
    page.removeAttribute("aria-busy");
  }

  function contentOf(found: ResolvedArtifact): HTMLElement[] {
    const view = viewOf(registry, kind, found, left);
    const tabs = tabSet(`Parts of the ${kind}`, tabsOf(registry, kind, found, view, left), place.tab, (tab) =>
      history.replaceState(null, "", artifactLink(kind, reference, tab)),
    );
    return [
      artifactHeader(kind, found, view),
      element(
        "div",
        { class: "columns" },
        tabs,
        element(
          "aside",
          { "aria-label": "Versions and lookup" },
          versionsSection(registry, kind, found, view.comparison, left),
          lookupSection(registry.client.url, kind, reference, found, view.generated),
        ),
      ),
    ];
  }

  void load();
  return page;
}

function viewOf(registry: Registry, kind: ArtifactKind, found: ResolvedArtifact, left: AbortSignal): ArtifactView {
  if (kind === "workflow") return workflowView(registry, found, left);
  if (kind === "agent") return agentView(registry, found, left);
  return callableView(registry, kind, found, left);
}

function tabsOf(
  registry: Registry,
  kind: ArtifactKind,
  found: ResolvedArtifact,
  view: ArtifactView,
  left: AbortSignal,
): Tab<ArtifactTab>[] {
  const exact = `${found.name}@${found.version}`;
  return [
    ...view.tabs,
    { id: "source", label: "Source", open: () => sourcePanel(registry, kind, exact, view.source, left) },
    {
      id: "json",
      label: "JSON",
      open: () => codeBlock("the document as JSON", JSON.stringify(found.document, null, 2), "json"),
    },
  ];
}
