import { isAbstract } from "../../contract/artifact/callable.ts";
import type { ResolvedArtifact } from "../../contract/artifact/resolved.ts";
import { type FunctionDefinition, functionDocument } from "../../contract/function/document.ts";
import { sourceMediaTypes } from "../../contract/function/runtime.ts";
import { callableRoutes } from "../../contract/http/artifacts.ts";
import { templateDocument } from "../../contract/template/document.ts";
import type { ArtifactView } from "../artifact/artifact-view.ts";
import { describedFacts } from "../artifact/described-facts.ts";
import { newerReleaseNote } from "../artifact/newer-release-note.ts";
import type { Registry } from "../open-registry.ts";
import { factBadge } from "../parts/badge.ts";
import { element } from "../parts/element.ts";
import { fact } from "../parts/fact.ts";
import { catalogueLink, comparisonLink } from "../place/place-link.ts";
import { examplesSection } from "./examples-section.ts";
import { interfaceSection } from "./interface-section.ts";
import { requirementsSection } from "./requirements-section.ts";
import { runPanel } from "./run-panel.ts";
import type { SimpleCallable, SimpleKind } from "./simple-callable.ts";

/** A template or function: what it takes and gives, what it needs, a place to try inputs. */
export function callableView(
  registry: Registry,
  kind: SimpleKind,
  found: ResolvedArtifact,
  left: AbortSignal,
): ArtifactView {
  const callable = readCallable(kind, found.document);
  const exact = `${found.name}@${found.version}`;
  return {
    title: callable?.name ?? null,
    description: callable?.description,
    badges: callable === null ? [] : badgesOf(callable),
    facts:
      callable === null
        ? []
        : [...("code" in callable ? functionFacts(callable) : []), ...describedFacts(kind, callable)],
    tabs: [
      { id: "interface", label: "Interface", open: () => interfaceTab(kind, callable, exact) },
      { id: "run", label: "Run", open: () => runTab(registry, kind, found.name, exact, callable, left) },
    ],
    source: sourceOf(kind, callable),
    comparison: comparisonLink(kind, found.name, "", found.version),
    generated: generatedOf(kind, callable),
  };
}

/** Null when the document has keys that this console does not know. */
function readCallable(kind: SimpleKind, document: unknown): SimpleCallable | null {
  if (kind === "function") return functionDocument.safeParse(document).data?.function ?? null;
  return templateDocument.safeParse(document).data?.template ?? null;
}

function badgesOf(callable: SimpleCallable): HTMLElement[] {
  return [
    ...(isAbstract(callable) ? [factBadge("abstract", "exists to be extended; cannot run")] : []),
    ...(callable.requirements?.resources?.gpu === true ? [factBadge("GPU", "needs a GPU")] : []),
  ];
}

function functionFacts({ runtime, language, packages }: FunctionDefinition): HTMLElement[] {
  return [
    ...fact("Runtime", element("a", { href: catalogueLink("function", { runtime }) }, runtime), ` (${language})`),
    ...(packages.length === 0 ? [] : fact("Imports", element("code", {}, packages.join(", ")))),
  ];
}

function interfaceTab(kind: SimpleKind, callable: SimpleCallable | null, exact: string): HTMLElement {
  if (callable === null) return newerReleaseNote(exact);
  return element(
    "div",
    {},
    interfaceSection("Inputs", callable.interface?.inputs ?? {}, `This ${kind} takes no inputs.`),
    interfaceSection("Outputs", callable.interface?.outputs ?? {}, `This ${kind} gives no outputs.`),
    requirementsSection(callable),
    examplesSection(callable.examples ?? []),
  );
}

function runTab(
  registry: Registry,
  kind: SimpleKind,
  name: string,
  exact: string,
  callable: SimpleCallable | null,
  left: AbortSignal,
): HTMLElement {
  if (callable !== null && isAbstract(callable)) {
    return element(
      "p",
      { class: "panel" },
      `${exact} is abstract: it exists to be extended and takes no inputs itself.`,
    );
  }
  const what = { kind, name, exact, inputs: callable?.interface?.inputs ?? null, examples: callable?.examples ?? [] };
  return runPanel(registry, what, left);
}

function sourceOf(kind: SimpleKind, callable: SimpleCallable | null): ArtifactView["source"] {
  if (kind === "template") return { mediaType: "application/yaml", language: null };
  if (callable === null || !("language" in callable)) return { mediaType: "text/plain", language: null };
  const { language } = callable;
  return { mediaType: sourceMediaTypes[language], language: language === "python" ? "python" : "typescript" };
}

/** What is abstract cannot run, so it has no OpenAPI document. */
function generatedOf(kind: SimpleKind, callable: SimpleCallable | null): ArtifactView["generated"] {
  const { schema, openapi } = callableRoutes[kind];
  return [
    { label: "JSON Schema", path: schema.path },
    ...(callable !== null && isAbstract(callable) ? [] : [{ label: "OpenAPI document", path: openapi.path }]),
  ];
}
