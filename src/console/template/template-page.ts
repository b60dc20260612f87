import type { ResolvedArtifact } from "../../contract/artifact/resolved.ts";
import { getTemplate } from "../../contract/http/templates.ts";
import { type Template, templateDocument } from "../../contract/template/document.ts";
import type { Registry } from "../open-registry.ts";
import { codeBlock } from "../parts/code-block.ts";
import { element } from "../parts/element.ts";
import { failurePanel } from "../parts/failure-panel.ts";
import { loadingNote } from "../parts/loading-note.ts";
import { type Tab, tabSet } from "../parts/tab-set.ts";
import type { TemplateTab } from "../place/place.ts";
import { templateLink } from "../place/place-link.ts";
import { checkPanel } from "./check-panel.ts";
import { examplesSection } from "./examples-section.ts";
import { interfaceSection } from "./interface-section.ts";
import { lookupSection } from "./lookup-section.ts";
import { requirementsSection } from "./requirements-section.ts";
import { sourcePanel } from "./source-panel.ts";
import { templateHeader } from "./template-header.ts";
import { versionsSection } from "./versions-section.ts";

/** One version of a template: what it takes and gives, what it needs, its source, its other versions, a place to try inputs. */
export function templatePage(
  registry: Registry,
  place: { reference: string; tab: TemplateTab },
  left: AbortSignal,
): HTMLElement {
  const page = element("div", { class: "template" }, loadingNote(place.reference));

  async function load(): Promise<void> {
    page.setAttribute("aria-busy", "true");
    try {
      const found = await registry.client.call(getTemplate, { params: { reference: place.reference }, signal: left });
      page.replaceChildren(...contentOf(found));
    } catch (failure) {
      if (left.aborted) return;
      page.replaceChildren(failurePanel(failure, load));
    }
    page.removeAttribute("aria-busy");
  }

  function contentOf(found: ResolvedArtifact): HTMLElement[] {
    const parsed = templateDocument.safeParse(found.document);
    const template = parsed.success ? parsed.data.template : null;
    const tabs = tabSet("Parts of the template", tabsOf(registry, found, template, left), place.tab, (tab) =>
      history.replaceState(null, "", templateLink(place.reference, tab)),
    );
    return [
      templateHeader(found, template),
      element(
        "div",
        { class: "columns" },
        tabs,
        element(
          "aside",
          { "aria-label": "Versions and lookup" },
          versionsSection(registry, found, left),
          lookupSection(registry.client.url, place.reference, template?.abstract === true),
        ),
      ),
    ];
  }

  void load();
  return page;
}

function tabsOf(
  registry: Registry,
  found: ResolvedArtifact,
  template: Template | null,
  left: AbortSignal,
): Tab<TemplateTab>[] {
  const exact = `${found.name}@${found.version}`;
  return [
    { id: "interface", label: "Interface", open: () => interfaceTab(template, exact) },
    { id: "check", label: "Check inputs", open: () => checkPanel(registry, exact, template, left) },
    { id: "source", label: "Source", open: () => sourcePanel(registry, exact, left) },
    {
      id: "json",
      label: "JSON",
      open: () => codeBlock("the flattened document", JSON.stringify(found.document, null, 2), "json"),
    },
  ];
}

function interfaceTab(template: Template | null, exact: string): HTMLElement {
  if (template === null) {
    return element(
      "p",
      { class: "panel" },
      `${exact} has keys that this console does not know: the registry is of a newer release. Its source and its JSON are in the other tabs; reload the page for a newer console.`,
    );
  }
  return element(
    "div",
    {},
    interfaceSection("Inputs", template.interface?.inputs ?? {}, "takes no inputs"),
    interfaceSection("Outputs", template.interface?.outputs ?? {}, "gives no outputs"),
    requirementsSection(template),
    examplesSection(template.examples ?? []),
  );
}
