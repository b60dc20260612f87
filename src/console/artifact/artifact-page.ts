import { type Callable, isAbstract } from "../../contract/artifact/callable.ts";
import type { ResolvedArtifact } from "../../contract/artifact/resolved.ts";
import { functionDocument } from "../../contract/function/document.ts";
import { artifactRoutes, type RoutedKind } from "../../contract/http/artifacts.ts";
import { templateDocument } from "../../contract/template/document.ts";
import type { Registry } from "../open-registry.ts";
import { codeBlock } from "../parts/code-block.ts";
import { element } from "../parts/element.ts";
import { failurePanel } from "../parts/failure-panel.ts";
import { loadingNote } from "../parts/loading-note.ts";
import { type Tab, tabSet } from "../parts/tab-set.ts";
import type { ArtifactTab } from "../place/place.ts";
import { artifactLink } from "../place/place-link.ts";
import { artifactHeader } from "./artifact-header.ts";
import { checkPanel } from "./check-panel.ts";
import { examplesSection } from "./examples-section.ts";
import { interfaceSection } from "./interface-section.ts";
import { lookupSection } from "./lookup-section.ts";
import { requirementsSection } from "./requirements-section.ts";
import { sourcePanel } from "./source-panel.ts";
import { versionsSection } from "./versions-section.ts";

/** One version of a template or function: what it takes and gives, what it needs, its source, its other versions, a place to try inputs. */
export function artifactPage(
  registry: Registry,
  place: { kind: RoutedKind; reference: string; tab: ArtifactTab },
  left: AbortSignal,
): HTMLElement {
  const page = element("div", { class: "template" }, loadingNote(place.reference));

  async function load(): Promise<void> {
    page.setAttribute("aria-busy", "true");
    try {
      const found = await registry.client.call(artifactRoutes[place.kind].get, {
        params: { reference: place.reference },
        signal: left,
      });
      page.replaceChildren(...contentOf(found));
    } catch (failure) {
      if (left.aborted) return;
      page.replaceChildren(failurePanel(failure, load));
    }
    page.removeAttribute("aria-busy");
  }

  function contentOf(found: ResolvedArtifact): HTMLElement[] {
    const { kind } = place;
    const callable = readCallable(kind, found.document);
    const tabs = tabSet(`Parts of the ${kind}`, tabsOf(registry, kind, found, callable, left), place.tab, (tab) =>
      history.replaceState(null, "", artifactLink(kind, place.reference, tab)),
    );
    return [
      artifactHeader(kind, found, callable),
      element(
        "div",
        { class: "columns" },
        tabs,
        element(
          "aside",
          { "aria-label": "Versions and lookup" },
          versionsSection(registry, kind, found, left),
          lookupSection(registry.client.url, kind, place.reference, callable !== null && isAbstract(callable)),
        ),
      ),
    ];
  }

  void load();
  return page;
}

function tabsOf(
  registry: Registry,
  kind: RoutedKind,
  found: ResolvedArtifact,
  callable: Callable | null,
  left: AbortSignal,
): Tab<ArtifactTab>[] {
  const exact = `${found.name}@${found.version}`;
  return [
    { id: "interface", label: "Interface", open: () => interfaceTab(kind, callable, exact) },
    { id: "check", label: "Check inputs", open: () => checkPanel(registry, kind, exact, callable, left) },
    { id: "source", label: "Source", open: () => sourcePanel(registry, kind, exact, callable, left) },
    {
      id: "json",
      label: "JSON",
      open: () => codeBlock("the flattened document", JSON.stringify(found.document, null, 2), "json"),
    },
  ];
}

function interfaceTab(kind: RoutedKind, callable: Callable | null, exact: string): HTMLElement {
  if (callable === null) {
    return element(
      "p",
      { class: "panel" },
      `${exact} has keys that this console does not know: the registry is of a newer release. Its source and its JSON are in the other tabs; reload the page for a newer console.`,
    );
  }
  return element(
    "div",
    {},
    interfaceSection("Inputs", callable.interface?.inputs ?? {}, `This ${kind} takes no inputs.`),
    interfaceSection("Outputs", callable.interface?.outputs ?? {}, `This ${kind} gives no outputs.`),
    requirementsSection(callable),
    examplesSection(callable.examples ?? []),
  );
}

/** Null when the document has keys that this console does not know. */
function readCallable(kind: RoutedKind, document: unknown): Callable | null {
  if (kind === "function") return functionDocument.safeParse(document).data?.function ?? null;
  return templateDocument.safeParse(document).data?.template ?? null;
}
