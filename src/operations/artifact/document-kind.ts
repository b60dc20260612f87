import type { Failure } from "../../contract/failure.ts";
import type { PlacedDocument } from "../../domain/document/placed-document.ts";
import type { Candidate, UnversionedCandidate } from "../../domain/registration/candidate.ts";
import type { Result } from "../../domain/result.ts";
import type { DocumentSource } from "../registration/document-source.ts";

/** What registering documents of one kind asks of the kind: all else is the same for all. */
export interface DocumentKind {
  /** Turns what an author sent into a candidate that every rule accepts, or into all that is wrong with it. */
  prepare: (source: DocumentSource, as: { name: string | null }) => Result<Candidate | UnversionedCandidate, Failure>;
  /** What a document says of itself, as far as it can be read. */
  header: (document: PlacedDocument) => { id: string | null; version: string | null };
}
