import { canonicalBytes, digestOfBytes } from "../../domain/document/canonical-digest.ts";
import type { PlacedDocument } from "../../domain/document/placed-document.ts";
import type { UnversionedCandidate } from "../../domain/registration/candidate.ts";
import type { DocumentSource } from "../registration/document-source.ts";

/** What kinds tell of themselves whose documents are served as they were written. */
export type ToldOfDocument = Pick<UnversionedCandidate, "kind" | "name" | "facts" | "skills" | "issues">;

/** A candidate whose document inherits nothing, names no code, and is not called by us: lookups serve it as it was written. */
export function documentCandidate(
  source: DocumentSource,
  document: PlacedDocument,
  told: ToldOfDocument,
): UnversionedCandidate {
  const { bytes, mediaType, file } = source;
  const canonical = canonicalBytes(document.value);
  const flattened = new TextEncoder().encode(JSON.stringify(document.value));
  return {
    ...told,
    version: null,
    digest: digestOfBytes(canonical),
    source: { bytes, digest: digestOfBytes(bytes), mediaType, file },
    canonical,
    flattened: { bytes: flattened, digest: digestOfBytes(flattened) },
    parent: null,
    callable: null,
    analysis: null,
    code: null,
    calls: [],
    push: null,
  };
}
