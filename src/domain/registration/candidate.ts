import type { Callable } from "../../contract/artifact/callable.ts";
import type { ArtifactKind } from "../../contract/artifact/kind.ts";
import type { ParentPin, SourceMediaType } from "../../contract/artifact/published.ts";
import type { Issue } from "../../contract/issue.ts";

/** What the catalogue tells about a version. */
export interface CatalogueFacts {
  title: string | null;
  description: string | null;
  category: string | null;
  author: string | null;
  keywords: string[];
  runtime: string;
  gpu: boolean;
  abstract: boolean;
}

/** A document that has passed every rule of its kind and waits to be registered. Plain values: it travels to the Registrar. */
export interface Candidate {
  kind: ArtifactKind;
  name: string;
  version: string;
  /** Of the canonical document as authored. */
  digest: string;
  source: { bytes: Uint8Array; digest: string; mediaType: SourceMediaType; file: string | null };
  /** RFC 8785 bytes of the document as authored; `digest` names them. */
  canonical: Uint8Array;
  /** JSON of the flattened document, keys in the author's order: lookups serve these bytes. `digest` is of the bytes. */
  flattened: { bytes: Uint8Array; digest: string };
  parent: ParentPin | null;
  callable: Callable;
  facts: CatalogueFacts;
  /** What analysis of the source told, as JSON; null where there is none. */
  analysis: { bytes: Uint8Array; digest: string } | null;
  /** What runs, beside the document that names it; null where nothing does. */
  code: { bytes: Uint8Array; digest: string; mediaType: string } | null;
  /** Warnings of the check. */
  issues: Issue[];
}
