import { getTemplate } from "../../contract/http/templates.ts";
import type { Registry } from "../open-registry.ts";
import { codeBlock } from "../parts/code-block.ts";
import { element } from "../parts/element.ts";
import { failurePanel } from "../parts/failure-panel.ts";
import { loadingNote } from "../parts/loading-note.ts";

/** The source as its author published it, comments and all. */
export function sourcePanel(registry: Registry, exact: string, left: AbortSignal): HTMLElement {
  const panel = element("div", {}, loadingNote("the source"));
  async function load(): Promise<void> {
    try {
      const headers = { accept: "application/yaml" };
      const source = await registry.client.text(getTemplate, { params: { reference: exact }, headers, signal: left });
      // A source may have been published as JSON, which is YAML too.
      panel.replaceChildren(codeBlock("the source", source, source.trimStart().startsWith("{") ? "json" : "yaml"));
    } catch (failure) {
      if (!left.aborted) panel.replaceChildren(failurePanel(failure, load));
    }
  }
  void load();
  return panel;
}
