import type { Callable } from "../../contract/artifact/callable.ts";
import { sourceMediaTypes } from "../../contract/function/runtime.ts";
import { artifactRoutes, type RoutedKind } from "../../contract/http/artifacts.ts";
import type { Registry } from "../open-registry.ts";
import { type CodeLanguage, codeBlock } from "../parts/code-block.ts";
import { element } from "../parts/element.ts";
import { failurePanel } from "../parts/failure-panel.ts";
import { loadingNote } from "../parts/loading-note.ts";

/** The source as its author published it, comments and all. */
export function sourcePanel(
  registry: Registry,
  kind: RoutedKind,
  exact: string,
  callable: Callable | null,
  left: AbortSignal,
): HTMLElement {
  const panel = element("div", {}, loadingNote("the source"));
  async function load(): Promise<void> {
    try {
      const headers = { accept: mediaTypeOf(kind, callable) };
      const source = await registry.client.text(artifactRoutes[kind].get, {
        params: { reference: exact },
        headers,
        signal: left,
      });
      panel.replaceChildren(codeBlock("the source", source, languageOf(source, callable)));
    } catch (failure) {
      if (!left.aborted) panel.replaceChildren(failurePanel(failure, load));
    }
  }
  void load();
  return panel;
}

function mediaTypeOf(kind: RoutedKind, callable: Callable | null): string {
  if (kind === "template") return "application/yaml";
  return callable !== null && "language" in callable ? sourceMediaTypes[callable.language] : "text/plain";
}

/** A template's source may have been published as JSON, which is YAML too. */
function languageOf(source: string, callable: Callable | null): CodeLanguage {
  if (callable !== null && "language" in callable) return callable.language === "python" ? "python" : "typescript";
  return source.trimStart().startsWith("{") ? "json" : "yaml";
}
