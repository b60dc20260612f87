import type { ArtifactKind } from "../../contract/artifact/kind.ts";
import { workflowDocument } from "../../contract/workflow/document.ts";
import { agentHeader } from "../agent/check-agent.ts";
import { didYouMean } from "../did-you-mean.ts";
import { type ParentReference, templateHeader } from "../template/template-header.ts";
import { workflowHeader } from "../workflow/check-workflow.ts";
import { isMap, type JsonMap } from "./json-value.ts";
import type { PlacedDocument } from "./placed-document.ts";

/** The kinds that are published as documents, in the order in which they need each other. */
export const documentKinds = ["template", "agent", "workflow"] as const satisfies readonly ArtifactKind[];
export type DocumentKind = (typeof documentKinds)[number];

/** What a document says about itself before it is checked. */
export interface Header {
  id: string | null;
  version: string | null;
  /** Of templates only. */
  extends: ParentReference | null;
}

/** The header of a document that says nothing of itself. */
export const noHeader: Header = { id: null, version: null, extends: null };

/** What kind a document is of, by its keys; null when it is of none. */
export function kindOfDocument({ value }: PlacedDocument): DocumentKind | null {
  if (!isMap(value)) return null;
  const keys = Object.keys(value);
  const has = (key: string) => keys.includes(key);
  if (has("template")) return "template";
  // Of two keys one may be forgotten, where nothing else speaks against it.
  if (has("steps") || has("metadata")) {
    const isWhole = has("steps") && has("metadata");
    return isWhole || keys.every((key) => didYouMean(key, workflowKeys) !== null) ? "workflow" : null;
  }
  if (has("skills") || (has("name") && has("url"))) return "agent";
  return keys.some((key) => didYouMean(key, ["template"]) !== null) ? "template" : null;
}

/** What a document of a kind says about itself. */
export function headerOf(kind: DocumentKind | null, document: PlacedDocument): Header {
  switch (kind) {
    case "template": {
      const { id, version, extends: parent } = templateHeader(document);
      return { id, version, extends: parent };
    }
    case "agent":
      return { ...agentHeader(document), extends: null };
    case "workflow":
      return { ...workflowHeader(document), extends: null };
    case null:
      return noHeader;
  }
}

/** What is said of a document that is of no kind. */
export function unknownDocumentText({ value }: PlacedDocument): { message: string; suggestion: string } {
  const found = isMap(value) ? `its keys are ${keysText(value)}` : "it is no map";
  return {
    message: `the document is neither a template, nor a workflow, nor an agent card: ${found}`,
    suggestion:
      "a template has the key template; a workflow has metadata and steps; an agent card has name, url and skills",
  };
}

function keysText(value: JsonMap): string {
  const keys = Object.keys(value);
  const some = keys.slice(0, 5).map((key) => JSON.stringify(key.slice(0, 40)));
  if (keys.length === 0) return "none";
  return keys.length > some.length ? `${some.join(", ")} and ${keys.length - some.length} more` : some.join(", ");
}

const workflowKeys = Object.keys(workflowDocument.shape);
