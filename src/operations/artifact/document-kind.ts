import type { Failure } from "../../contract/failure.ts";
import type { PlacedDocument } from "../../domain/document/placed-document.ts";
import type { Candidate, UnversionedCandidate } from "../../domain/registration/candidate.ts";
import type { NameState } from "../../domain/registration/name-state.ts";
import type { Result } from "../../domain/result.ts";
import type { DocumentSource } from "../registration/document-source.ts";

/** What registering documents of one kind asks of the kind: all else is the same for all. */
export interface DocumentKind {
  /** Turns what an author sent into a candidate that every rule accepts, or into all that is wrong with it. */
  prepare: (
    source: DocumentSource,
    as: { name: string | null },
  ) => Promise<Result<Candidate | UnversionedCandidate, Failure>>;
  /** What a document says of itself, as far as it can be read. */
  header: (document: PlacedDocument) => { id: string | null; version: string | null };
  /** Names of the same kind that a document refers to: in a batch, those that it has of them come first. */
  needsOf: (document: PlacedDocument) => string[];
  /** A dry run found this right; what is prepared from then on sees it as if it were published. */
  assume: (candidate: Candidate, after: NameState) => void;
}
