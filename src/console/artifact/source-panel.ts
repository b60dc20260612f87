import type { ArtifactKind } from "../../contract/artifact/kind.ts";
import { artifactRoutes } from "../../contract/http/artifacts.ts";
import { noAnswerPanel } from "../access/no-answer-panel.ts";
import type { Registry } from "../open-registry.ts";
import { codeBlock } from "../parts/code-block.ts";
import { element } from "../parts/element.ts";
import { loadingNote } from "../parts/loading-note.ts";
import type { ArtifactView } from "./artifact-view.ts";

/** The source as its author published it, comments and all. */
export function sourcePanel(
  registry: Registry,
  kind: ArtifactKind,
  exact: string,
  { mediaType, language }: ArtifactView["source"],
  left: AbortSignal,
): HTMLElement {
  const panel = element("div", {}, loadingNote("the source"));
  async function load(): Promise<void> {
    try {
      const source = await registry.client.text(artifactRoutes[kind].get, {
        params: { reference: exact },
        headers: { accept: mediaType },
        signal: left,
      });
      // What may be YAML may have been published as JSON, which is YAML too.
      const written = language ?? (source.trimStart().startsWith("{") ? "json" : "yaml");
      panel.replaceChildren(codeBlock("the source", source, written));
    } catch (failure) {
      if (!left.aborted) panel.replaceChildren(noAnswerPanel(registry, failure, load));
    }
  }
  void load();
  return panel;
}
